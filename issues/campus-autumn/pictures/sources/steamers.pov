// The first tray of steamed buns before daybreak: bamboo steamers, one opened, steam in a low light.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 8 ambient_light 0
  radiosity { pretrace_start 0.08 pretrace_end 0.02 count 60 nearest_count 6 error_bound 0.8 recursion_limit 1 brightness 0.7 } }
#declare R = seed(350);
camera { location <-0.6, 13.4, -22.5> look_at <0.5, 3.6, 0.6> right x*1.4 up y angle 42 }

light_source { <-13, 15, -5> rgb <1.0,0.78,0.52>*1.35 area_light <3,0,0>, <0,0,3>, 5, 5 adaptive 1 jitter }
light_source { <12, 9, 9> rgb <0.40,0.55,0.90>*0.75 area_light <2,0,0>, <0,2,0>, 3, 3 adaptive 1 jitter }

#declare Bamboo = texture {
  pigment { wood scale <0.05,0.9,0.05> turbulence 0.06 rotate x*4
    color_map { [0 rgb <0.66,0.45,0.21>] [0.5 rgb <0.78,0.57,0.30>] [1 rgb <0.58,0.37,0.16>] } }
  finish { diffuse 0.85 specular 0.18 roughness 0.04 } };
#declare Strip = texture {
  pigment { gradient y scale 0.21 color_map { [0 rgb <0.44,0.27,0.11>] [0.10 rgb <0.72,0.51,0.25>] [0.9 rgb <0.78,0.58,0.31>] [1 rgb <0.44,0.27,0.11>] } }
  finish { diffuse 0.85 specular 0.15 roughness 0.05 } };
#declare Lash = texture { pigment { rgb <0.36,0.20,0.08> } finish { diffuse 0.8 } };

// A ring of bent slats, lashed where the ends overlap; 5 units across is about 44 cm.
#macro Ring(Rad, H, Turn) union {
  difference { cylinder { <0,0,0>, <0,H,0>, Rad } cylinder { <0,-1,0>, <0,H+1,0>, Rad-0.16 } texture { Strip } }
  difference { cylinder { <0,0,0>, <0,H*0.26,0>, Rad+0.13 } cylinder { <0,-1,0>, <0,H+1,0>, Rad-0.02 } texture { Bamboo } }
  difference { cylinder { <0,H*0.74,0>, <0,H,0>, Rad+0.13 } cylinder { <0,-1,0>, <0,H+1,0>, Rad-0.02 } texture { Bamboo } }
  #for (K, 0, 4)
    union { #for (J, 0, 3) torus { 0.10, 0.028 scale <1,1.7,0.8> rotate z*90 translate <0,H*0.13+J*0.0,Rad+0.10> rotate y*J*1.3 } #end
      #for (J, 0, 3) torus { 0.10, 0.028 scale <1,1.7,0.8> rotate z*90 translate <0,H*0.87,Rad+0.10> rotate y*J*1.3 } #end
      rotate y*(K*72+Turn) texture { Lash } }
  #end
  } #end
#macro Floor(Rad) union { #for (K, -11, 11) #local X = K*Rad/11.6; #local Z = sqrt(max(0.01,Rad*Rad-X*X))-0.06;
    box { <X-Rad/28,0,-Z>, <X+Rad/28,0.07,Z> texture { Bamboo rotate x*90 translate K*3.1 } } #end } #end
// A bun, soft at the foot.
#declare Dough = texture {
  pigment { bozo scale 0.4 color_map { [0 rgb <0.96,0.93,0.86>] [1 rgb <0.99,0.97,0.92>] } }
  normal { bozo 0.05 scale 0.07 } finish { diffuse 0.9 specular 0.12 roughness 0.05 } };
#declare Mantou = lathe { cubic_spline 9, <-0.4,1.10>,<0,1.16>,<0.42,1.08>,<0.78,0.84>,<0.97,0.48>,<0.97,0.18>,<0.86,0.0>,<0.3,0.0>,<-0.2,0> texture { Dough } };
// A flower roll: a ribbon of dough wound twice, scallion between the turns.
#declare Roll = union {
  #for (K, 0, 2)
    blob { threshold 0.4
      #for (J, 0, 24) #local A = J*15+K*40; sphere { <(0.86-K*0.26)*cos(radians(A)), 0.30+K*0.20+0.06*sin(radians(A*3)), (0.72-K*0.22)*sin(radians(A))>, 0.36, 0.9 } #end
      rotate z*(K*7-6) texture { Dough } }
  #end
  #for (K, 0, 46) #local A = rand(R)*360; #local Q = 0.35+rand(R)*0.5;
    box { <-0.05,-0.008,-0.018>, <0.05,0.012,0.018> rotate <rand(R)*30,rand(R)*360,rand(R)*30> translate <Q*cos(radians(A)), 0.72-Q*0.30+rand(R)*0.05, Q*0.85*sin(radians(A))>
      texture { pigment { rgb <0.16,0.36,0.08> } finish { diffuse 0.9 } } } #end
};
#macro Tray(Rad, Kind) union {
  object { Kind scale 1.02 }
  #for (K, 0, 5) object { Kind rotate y*(rand(R)*360) scale 0.96+rand(R)*0.07 translate x*1.92 rotate y*(K*60+rand(R)*5+12) } #end
  #for (K, 0, 11) object { Kind rotate y*(rand(R)*360) scale 0.95+rand(R)*0.07 translate x*3.72 rotate y*(K*30+rand(R)*4) } #end } #end

// The open tray at the top of the stack.
#declare Top = 3.3;
#for (K, 0, 1) object { Ring(5, 1.62, K*31+10) translate y*K*1.65 } #end
object { Ring(5, 1.55, 72) translate y*Top }
object { Floor(4.86) translate y*(Top+0.42) }
object { Tray(4.8, Mantou) translate y*(Top+0.46) }
// A second, lower stack behind at the right, closed with its woven lid.
#declare Lid = union {
  object { Ring(3.9, 0.7, 20) }
  lathe { quadratic_spline 8, <0,-0.2>,<0,1.35>,<1.2,1.28>,<2.4,1.04>,<3.3,0.80>,<3.86,0.62>,<3.9,0.5>,<3.9,0.3>
    texture { pigment { checker rgb <0.72,0.52,0.26>, rgb <0.60,0.40,0.18> scale <0.26,20,0.26> rotate y*33 }
      normal { quilted 0.7 scale <0.26,20,0.26> rotate y*33 } finish { diffuse 0.85 specular 0.1 } } }
  torus { 0.42, 0.10 rotate x*90 translate y*1.55 texture { Lash } } };
union { #for (K, 0, 2) object { Ring(3.9, 1.3, K*40) translate y*K*1.33 } #end object { Lid translate y*4.0 } translate <9.2,0,6.4> }
// A small tray of flower rolls in front at the left.
union { object { Ring(3.1, 1.15, 50) } object { Floor(3.0) translate y*0.3 }
  #for (K, 0, 4) object { Roll scale 0.95 rotate y*rand(R)*360 translate x*1.68 rotate y*(K*72+20) translate y*0.33 } #end
  object { Roll scale 0.95 translate y*0.33 }
  translate <-7.9,0,-1.2> }
// Scale, a bowl of scallion, a cloth.
union {
  difference { sphere { <0,1,0>, 1.25 scale <1,0.8,1> } sphere { <0,1.1,0>, 1.15 scale <1,0.8,1> } box { <-2,1.05,-2>, <2,3,2> } 
    texture { pigment { rgb <0.90,0.91,0.90> } finish { diffuse 0.8 specular 0.5 roughness 0.01 reflection 0.04 } } }
  torus { 1.2, 0.035 translate y*1.05 texture { pigment { rgb <0.10,0.20,0.45> } finish { diffuse 0.8 specular 0.4 } } }
  #for (K, 0, 260) #local A = rand(R)*360; #local Q = sqrt(rand(R))*1.0;
    torus { 0.07, 0.025 rotate <rand(R)*90,rand(R)*360,0> translate <Q*cos(radians(A)), 0.86+0.16*(1-Q*Q)+rand(R)*0.07, Q*sin(radians(A))>
      texture { pigment { rgb <0.20+rand(R)*0.25,0.48+rand(R)*0.2,0.10> } finish { diffuse 0.9 } } } #end
  translate <6.6,0,-4.0> }
// Table of worn pine, dusted with flour.
plane { y, 0 texture {
    pigment { wood rotate y*90 scale <2.2,2.2,2.2> translate <0.3,9,0> turbulence 0.08 octaves 3
      color_map { [0 rgb <0.26,0.16,0.09>] [0.6 rgb <0.33,0.21,0.12>] [1 rgb <0.20,0.12,0.07>] } }
    normal { wrinkles 0.12 scale <3,1,0.2> } finish { diffuse 0.85 specular 0.22 roughness 0.03 } }
  texture { pigment { bozo scale 1.1 turbulence 0.6 octaves 6 omega 0.7 color_map { [0 rgbt 1] [0.66 rgbt 1] [0.9 rgbt <0.95,0.92,0.85,0.72>] [1 rgbt <0.95,0.92,0.85,0.5>] } } finish { diffuse 0.9 } } }
#for (K, -4, 4) box { <-40,-0.01,K*4.4-0.03>, <40,0.003,K*4.4+0.03> texture { pigment { rgb <0.07,0.04,0.02> } } } #end
// Kitchen behind: tiles below, dark above, one window before dawn.
plane { z, 21 texture {
    pigment { brick rgb <0.02,0.025,0.03>, rgb <0.075,0.095,0.11> brick_size <2.2,1.5,2.2> mortar 0.05 }
    finish { diffuse 0.75 specular 0.25 roughness 0.02 } } hollow }
union {
  box { <-15,5.5,20.6>, <-6,16,20.9> texture { pigment { gradient y scale 11 translate y*5 color_map { [0 rgb <0.42,0.52,0.72>] [1 rgb <0.10,0.16,0.34>] } } finish { emission 0.8 diffuse 0 } } }
  #for (K, 0, 3) box { <-15.2+K*3.03,5.3,20.2>, <-14.9+K*3.03,16,20.7> texture { pigment { rgb <0.05,0.05,0.05> } } } #end
  box { <-15.2,5.2,20.0>, <-5.8,5.5,20.7> texture { pigment { rgb <0.12,0.12,0.12> } } } }
// Steam: thin veils one behind another.
#macro Veil(P, W, H, Strength, Turn)
  polygon { 5, <-1,0>, <1,0>, <1,1>, <-1,1>, <-1,0> no_shadow
    texture { pigment { planar rotate z*90 scale 1
      pigment_map {
        [0.00 rgbt 1]
        [0.15 gradient y pigment_map { [0 rgbt 1] [1 rgbt 1] }]
        [1.00 gradient y pigment_map {
           [0.00 rgbt 1]
           [0.22 bozo scale <0.16,0.30,1> turbulence 0.75 octaves 5 lambda 2.2 rotate z*Turn translate Turn color_map { [0.30 rgbt <1,0.97,0.92,1>] [0.85 rgbt <1,0.97,0.92,1-Strength>] }]
           [0.50 bozo scale <0.22,0.36,1> turbulence 0.85 octaves 5 lambda 2.2 rotate z*Turn translate Turn color_map { [0.36 rgbt <1,0.97,0.92,1>] [0.90 rgbt <1,0.97,0.92,1-Strength*0.8>] }]
           [1.00 rgbt 1] }] } }
      finish { emission 0.55 diffuse 0.25 } }
    scale <W,H,1> translate P }
#end
Veil(<-0.4,4.3,-1.6>, 4.4, 8.5, 0.6, 7)
Veil(<0.9,4.3,0.4>, 4.8, 10, 0.65, 23)
Veil(<-0.8,4.6,2.4>, 5.0, 11, 0.7, 41)
Veil(<1.6,5.4,4.2>, 5.4, 12, 0.7, 66)
