// After the last race: a baton in lane 5, the bend of the track, low sun. Units are metres.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 5 }
#declare R = seed(32);
camera { location <-0.30, 0.55, -3.4> look_at <0.20, 0.24, 0> right x*1.7778 up y angle 58 }
light_source { <-55, 17, 22> rgb <1.0,0.74,0.42>*1.75 area_light <1.5,0,0>, <0,1.5,0>, 3, 3 adaptive 0 circular orient }
light_source { <20, 60, -50> rgb <0.46,0.56,0.75>*0.55 shadowless }
sky_sphere { pigment { gradient y color_map { [0 rgb <1.0,0.78,0.48>] [0.12 rgb <0.96,0.82,0.62>] [0.35 rgb <0.62,0.74,0.82>] [1 rgb <0.26,0.46,0.68>] } }
  pigment { bozo scale <0.7,0.07,0.7> turbulence 0.5 octaves 5 color_map { [0 rgbt 1] [0.6 rgbt 1] [0.85 rgbt <1,0.93,0.82,0.45>] [1 rgbt <1,0.95,0.88,0.25>] } } }
fog { fog_type 2 distance 220 rgb <0.95,0.80,0.60> fog_offset 0 fog_alt 6 }

// The bend: lanes of 1.22 m about a centre 36.5 m to the left and ahead.
#declare CX = -30.5; #declare CZ = 6.0;
#declare Rubber = texture { pigment { granite scale 0.02 color_map { [0 rgb <0.42,0.10,0.07>] [0.5 rgb <0.55,0.15,0.10>] [1 rgb <0.64,0.20,0.13>] } }
  normal { granite 0.55 scale 0.03 } finish { diffuse 0.9 specular 0.06 roughness 0.06 } };
#declare Chalk = texture { pigment { granite scale 0.05 color_map { [0 rgb <0.93,0.92,0.88>] [0.85 rgb <0.96,0.95,0.92>] [1 rgb <0.75,0.60,0.55>] } } normal { granite 0.25 scale 0.04 } finish { diffuse 0.92 } };
#declare Grass = texture { pigment { bozo scale 0.5 turbulence 0.6 color_map { [0 rgb <0.12,0.22,0.06>] [0.6 rgb <0.20,0.30,0.08>] [1 rgb <0.32,0.34,0.12>] } } normal { bumps 1.2 scale 0.05 } finish { diffuse 0.85 } };
plane { y, -0.012 texture { Grass } }
#macro Ring(R0, R1, Y) difference { cylinder { <CX,-0.2,CZ>, <CX,Y,CZ>, R1 } cylinder { <CX,-0.3,CZ>, <CX,Y+0.1,CZ>, R0 } } #end
#declare In = 25.6;
object { Ring(In, In+8*1.22, 0) texture { Rubber } }
#for (K, 0, 8) object { Ring(In+K*1.22-0.03, In+K*1.22+0.03, 0.004) texture { Chalk } } #end
object { Ring(In-0.22, In-0.03, 0.07) texture { pigment { rgb <0.80,0.80,0.77> } finish { diffuse 0.85 } } }
// Lane numbers and the finish line, painted across the lanes.
#declare Face = "../../../../fonts/Hei-Bold.ttf";
#for (K, 0, 7)
  #local Rad = In+(K+0.5)*1.22; #local Z = 0.75;
  text { ttf Face str(K+1,0,0) 0.02 0 translate <-0.28,0,0> scale <0.72,1.25,1> rotate x*90 translate <CX+sqrt(Rad*Rad-(Z-CZ)*(Z-CZ)), 0.012, Z> texture { Chalk } }
#end
intersection { Ring(In, In+8*1.22, 0.005) box { <-40,-1,0.33>, <40,1,0.40> } texture { Chalk } }
// The baton: aluminium tube with a yellow coat and a paper band, resting in lane 5.
#declare Baton = union {
  difference { cylinder { <-0.15,0,0>, <0.15,0,0>, 0.0195 } cylinder { <-0.2,0,0>, <0.2,0,0>, 0.017 } 
    texture { pigment { rgb <0.95,0.66,0.04> } finish { diffuse 0.75 specular 0.9 roughness 0.008 reflection { 0.02, 0.2 } } } }
  difference { cylinder { <-0.03,0,0>, <0.05,0,0>, 0.0205 } cylinder { <-0.2,0,0>, <0.2,0,0>, 0.0195 } texture { pigment { rgb <0.95,0.94,0.90> } finish { diffuse 0.9 } } }
  torus { 0.0185, 0.0022 rotate z*90 translate x*-0.15 texture { pigment { rgb 0.75 } finish { diffuse 0.4 specular 0.9 roughness 0.01 metallic reflection 0.3 } } }
  torus { 0.0185, 0.0022 rotate z*90 translate x*0.15 texture { pigment { rgb 0.75 } finish { diffuse 0.4 specular 0.9 roughness 0.01 metallic reflection 0.3 } } } };
object { Baton scale 1.55 rotate y*-24 translate <-0.16, 0.032, -1.45> }
// Hurdles stacked in the infield, starting blocks, cones.
#for (K, 0, 4) union { box { <-0.60,0.84,-0.02>, <0.60,0.99,0.02> texture { pigment { gradient x scale 0.4 translate x*0.2 color_map { [0 rgb <0.95,0.94,0.90>] [0.5 rgb <0.95,0.94,0.90>] [0.5 rgb <0.10,0.10,0.12>] [1 rgb <0.10,0.10,0.12>] } } finish { diffuse 0.85 } } }
    cylinder { <-0.52,0,0>, <-0.52,0.9,0>, 0.022 } cylinder { <0.52,0,0>, <0.52,0.9,0>, 0.022 } cylinder { <-0.52,0.02,0>, <-0.52,0.02,-0.65>, 0.022 } cylinder { <0.52,0.02,0>, <0.52,0.02,-0.65>, 0.022 }
    texture { pigment { rgb 0.62 } finish { diffuse 0.5 specular 0.7 roughness 0.02 } }
    rotate y*(24+K*2) translate <-6.6+K*0.35, 0, 7.0+K*0.55> } #end
#declare Seat = array[11];
#for (K, 0, 10) #if (K < 4) #declare Seat[K] = <0.78,0.30,0.12>; #else #if (K < 8) #declare Seat[K] = <0.10,0.30,0.34>; #else #declare Seat[K] = <0.86,0.80,0.64>; #end #end #end
// Grandstand with a roof, empty seats in the school's colours.
union {
  #for (K, 0, 8) box { <0,K*0.55,K*0.9>, <60,K*0.55+0.55,K*0.9+0.9> texture { pigment { rgb <0.62,0.60,0.56> } finish { diffuse 0.8 } } }
    #for (J, 0, 74) #if (mod(J,19) != 18) box { <J*0.8+0.1,K*0.55+0.55,K*0.9+0.3>, <J*0.8+0.68,K*0.55+0.98,K*0.9+0.42>
      texture { pigment { rgb Seat[mod(J+K*2,11)] } finish { diffuse 0.85 } } } #end #end #end
  #for (J, 0, 6) cylinder { <J*9.6+1,0,8.6>, <J*9.6+1,9.2,8.6>, 0.22 texture { pigment { rgb 0.8 } finish { diffuse 0.8 } } } cylinder { <J*9.6+1,5.6,8.6>, <J*9.6+1,9.3,0.6>, 0.12 texture { pigment { rgb 0.8 } finish { diffuse 0.8 } } } #end
  prism { linear_spline -0.5, 61, 5, <-0.6,9.4>, <9.2,8.9>, <9.2,9.15>, <-0.6,9.65>, <-0.6,9.4> matrix <0,0,1, 1,0,0, 0,1,0, 0,0,0> texture { pigment { rgb <0.90,0.90,0.87> } finish { diffuse 0.85 } } }
  rotate y*-12 translate <-12,0,26> }
// Trees behind.
#macro Crown(P, S, C) #for (K, 0, 120) sphere { P + vnormalize(<rand(R)-0.5,rand(R)-0.5,rand(R)-0.5>)*pow(rand(R),0.4)*S*<0.6,0.75,0.5>, S*(0.06+rand(R)*0.08) texture { pigment { rgb C*(0.8+rand(R)*0.4) } normal { bumps 1.2 scale 0.1 } finish { diffuse 0.85 } } } #end #end
#for (K, 0, 26)
  #local T = rand(R); #if (T < 0.4) #local C = <0.62,0.42,0.08>; #else #if (T < 0.65) #local C = <0.52,0.20,0.07>; #else #local C = <0.15,0.22,0.08>; #end #end
  #local S = 5+rand(R)*4; Crown(<-75+K*5.2+rand(R)*3, S*0.75, 44+rand(R)*8>, S, C)
#end
// Leaves blown over the lanes.
#for (K, 0, 70) sphere { <0,0,0>, 0.05 scale <1,0.08,0.7> rotate <rand(R)*40-20,rand(R)*360,0> translate <-4+rand(R)*9,0.012,-2.6+pow(rand(R),1.5)*15>
  texture { pigment { rgb <0.80+rand(R)*0.15,0.52+rand(R)*0.2,0.08> } finish { diffuse 0.9 } } } #end
