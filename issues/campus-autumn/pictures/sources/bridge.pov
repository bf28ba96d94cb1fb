// A truss of rolled newspaper between two desks, with a bucket of weights under it. 10 units = 1 m.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 6
  radiosity { pretrace_start 0.08 pretrace_end 0.02 count 140 nearest_count 10 error_bound 0.5 recursion_limit 1 brightness 0.8 } }
#declare R = seed(38);
camera { location <-4.6, 9.0, -18.2> look_at <0.15, 5.75, 0> right x*1.5 up y angle 44 }
light_source { <-16, 22, -14> rgb <1.0,0.93,0.82>*1.05 area_light <4,0,0>, <0,0,4>, 9, 9 adaptive 2 circular orient }
light_source { <22, 12, -8> rgb <0.55,0.65,0.80>*0.35 shadowless }

// Newsprint: grey paper with lines of type and a few dark heads and pictures.
#declare Print = texture {
  pigment { gradient x scale 0.9 turbulence 0.02
    pigment_map {
      [0.00 rgb <0.80,0.79,0.74>]
      [0.06 gradient y scale 0.055 color_map { [0 rgb <0.82,0.80,0.75>] [0.5 rgb <0.80,0.79,0.74>] [0.52 rgb <0.50,0.49,0.47>] [1 rgb <0.56,0.55,0.52>] }]
      [0.42 gradient y scale 0.055 color_map { [0 rgb <0.82,0.80,0.75>] [0.5 rgb <0.80,0.79,0.74>] [0.52 rgb <0.50,0.49,0.47>] [1 rgb <0.56,0.55,0.52>] }]
      [0.46 rgb <0.82,0.80,0.75>]
      [0.50 cells scale <0.2,0.16,0.2> color_map { [0 rgb <0.80,0.79,0.74>] [0.6 rgb <0.80,0.79,0.74>] [0.61 rgb <0.22,0.22,0.22>] [1 rgb <0.30,0.29,0.28>] }]
      [0.66 rgb <0.82,0.80,0.75>]
      [0.70 gradient y scale 0.055 color_map { [0 rgb <0.82,0.80,0.75>] [0.5 rgb <0.80,0.79,0.74>] [0.52 rgb <0.50,0.49,0.47>] [1 rgb <0.56,0.55,0.52>] }]
      [1.00 rgb <0.80,0.79,0.74>] } }
  normal { wrinkles 0.15 scale 0.3 } finish { diffuse 0.88 } };
#macro Tube(A, B, W)
  #local D = B-A; #local L = vlength(D); #local Yaw = degrees(atan2(-D.z, D.x)); #local Pitch = degrees(asin(D.y/L));
  difference { cylinder { <-0.10,0,0>, <L+0.10,0,0>, W } cylinder { <-1,0,0>, <0.05,0,0>, W*0.62 } cylinder { <L-0.05,0,0>, <L+1,0,0>, W*0.62 }
    texture { Print rotate <rand(R)*360,0,24> translate <rand(R)*9,rand(R)*9,0> } rotate z*Pitch rotate y*Yaw translate A } #end
#macro Glue(P) sphere { P, 0.215 texture { pigment { rgb <0.90,0.89,0.84> } finish { diffuse 0.85 specular 0.35 roughness 0.03 } } } #end

#declare Deck = 6.15; #declare Bay = 1.5; #declare Bays = 8; #declare X0 = -Bays*Bay/2;
#for (S, -1, 1, 2)
  #local Z = S*0.95;
  Tube(<X0,Deck,Z>, <-X0,Deck,Z>, 0.155)
  Tube(<X0+Bay,Deck+1.75,Z*0.82>, <-X0-Bay,Deck+1.75,Z*0.82>, 0.155)
  Tube(<X0,Deck,Z>, <X0+Bay,Deck+1.75,Z*0.82>, 0.145) Tube(<-X0,Deck,Z>, <-X0-Bay,Deck+1.75,Z*0.82>, 0.145)
  #for (K, 1, Bays-1)
    Tube(<X0+K*Bay,Deck,Z>, <X0+K*Bay,Deck+1.75,Z*0.82>, 0.115)
    Glue(<X0+K*Bay,Deck,Z>) Glue(<X0+K*Bay,Deck+1.75,Z*0.82>)
  #end
  #for (K, 1, Bays-2)
    #if (K < Bays/2) Tube(<X0+(K+1)*Bay,Deck,Z>, <X0+K*Bay,Deck+1.75,Z*0.82>, 0.095)
    #else Tube(<X0+K*Bay,Deck,Z>, <X0+(K+1)*Bay,Deck+1.75,Z*0.82>, 0.095) #end
  #end
  Glue(<X0,Deck,Z>) Glue(<-X0,Deck,Z>)
#end
#for (K, 0, Bays) Tube(<X0+K*Bay,Deck,-0.95>, <X0+K*Bay,Deck,0.95>, 0.105) #end
#for (K, 1, Bays-1) Tube(<X0+K*Bay,Deck+1.75,-0.78>, <X0+K*Bay,Deck+1.75,0.78>, 0.085) #end
#for (K, 0, Bays-1) Tube(<X0+K*Bay,Deck-0.02,-0.9>, <X0+(K+1)*Bay,Deck-0.02,0.9>, 0.06) #end

// Two desks.
#declare Board = texture { pigment { wood rotate y*88 scale <1.3,1.3,1.3> translate <0.2,5,0> turbulence 0.07
    color_map { [0 rgb <0.62,0.42,0.23>] [0.55 rgb <0.70,0.50,0.29>] [1 rgb <0.55,0.36,0.19>] } } finish { diffuse 0.85 specular 0.15 roughness 0.04 } };
#declare Frame = texture { pigment { rgb <0.16,0.26,0.30> } finish { diffuse 0.75 specular 0.3 roughness 0.02 } };
#macro Desk() union { box { <0,5.6,-2.6>, <9,5.95,2.6> texture { Board } } box { <0.3,5.0,-2.3>, <8.7,5.6,2.3> texture { Frame } }
  #for (A, 0, 1) #for (B, -1, 1, 2) cylinder { <0.6+A*7.8,0,B*2.1>, <0.6+A*7.8,5.6,B*2.1>, 0.17 texture { Frame } } #end #end
  box { <0.5,1.2,-0.12>, <8.5,1.5,0.12> texture { Frame } } } #end
object { Desk() translate x*5.25 } object { Desk() scale <-1,1,1> translate x*-5.25 }

// Sling, hook and bucket of weights.
#declare Rope = texture { pigment { rgb <0.70,0.60,0.42> } normal { spiral1 4, 0.6 rotate x*90 scale 0.1 } finish { diffuse 0.85 } };
#for (S, -1, 1, 2) cylinder { <0,Deck+0.05,S*0.75>, <0,4.5,0>, 0.055 texture { Rope } } #end
cylinder { <0,4.5,0>, <0,3.95,0>, 0.06 texture { Rope } }
torus { 0.24, 0.055 rotate x*90 translate <0,3.75,0> texture { pigment { rgb 0.4 } finish { diffuse 0.4 specular 0.7 roughness 0.02 metallic reflection 0.25 } } }
union {
  difference { cone { <0,0.55,0>, 1.12, <0,3.0,0>, 1.45 } cone { <0,0.7,0>, 1.06, <0,3.2,0>, 1.40 } }
  torus { 1.45, 0.07 translate y*3.0 } torus { 1.33, 0.04 translate y*2.1 } torus { 1.13, 0.05 translate y*0.6 }
  difference { torus { 1.42, 0.05 rotate x*90 } box { <-3,-3,-1>, <3,0,1> } scale <1,0.42,1> translate y*3.0 }
  texture { pigment { rgb <0.62,0.64,0.66> } normal { bumps 0.05 scale 0.4 } finish { diffuse 0.5 specular 0.6 roughness 0.03 metallic reflection { 0.10 } } } }
#macro Weight(P, H) union { cylinder { <0,0,0>, <0,H,0>, 0.42 } cylinder { <0,H,0>, <0,H+0.12,0>, 0.13 } sphere { <0,H+0.2,0>, 0.19 }
  texture { pigment { rgb <0.75,0.57,0.22> } finish { diffuse 0.5 specular 0.8 roughness 0.02 metallic reflection 0.15 } } translate P } #end
Weight(<-0.55,2.5,-0.3>, 0.55) Weight(<0.45,2.6,-0.45>, 0.6) Weight(<0.1,2.55,0.55>, 0.5) Weight(<-0.65,2.4,0.55>, 0.6) Weight(<0.75,2.45,0.35>, 0.45)

// Glue pot, brush and a rolled sheet left on the desk.
union { cylinder { <0,5.95,0>, <0,6.9,0>, 0.48 texture { pigment { rgb <0.90,0.90,0.88> } finish { diffuse 0.85 specular 0.3 } } } cylinder { <0,6.88,0>, <0,7.0,0>, 0.44 texture { pigment { rgb <0.97,0.96,0.92> } } }
  cylinder { <0,6.2,0>, <0.75,7.9,0.2>, 0.06 texture { Board } } cylinder { <0,6.25,0>, <0,6.6,0>, 0.485 texture { pigment { rgb <0.72,0.14,0.10> } finish { diffuse 0.8 } } } translate <8.2,0,-1.2> }
Tube(<-9.6,6.12,-1.9>, <-6.6,6.12,-1.1>, 0.16) Tube(<-9.2,6.12,-1.2>, <-6.3,6.12,-1.75>, 0.15)

// Room: floor, green board with chalk, door frame.
plane { y, 0 texture { pigment { checker rgb <0.46,0.45,0.42>, rgb <0.43,0.42,0.39> scale 3 } finish { diffuse 0.8 specular 0.15 roughness 0.05 reflection 0.03 } } }
plane { z, 16 texture { pigment { gradient y scale 24 color_map { [0 rgb <0.45,0.55,0.52>] [0.26 rgb <0.45,0.55,0.52>] [0.26 rgb <0.86,0.85,0.80>] [1 rgb <0.88,0.87,0.83>] } } finish { diffuse 0.8 } } }
union { box { <-13,7.2,15.5>, <12,16.5,15.8> texture { pigment { bozo scale <3,1.2,1> turbulence 0.6 color_map { [0 rgb <0.05,0.16,0.13>] [1 rgb <0.09,0.21,0.17>] } } finish { diffuse 0.85 } } }
  difference { box { <-13.4,6.8,15.4>, <12.4,16.9,15.85> } box { <-13,7.2,15>, <12,16.5,16> } texture { Board } } }
// A chalk sketch of the truss on the board.
#declare Chalk = texture { pigment { bozo scale 0.12 color_map { [0 rgbt <0.9,0.9,0.86,0.15>] [1 rgbt <0.9,0.9,0.86,0.6>] } } finish { diffuse 0.85 } };
#macro Line(A, B) cylinder { A, B, 0.05 no_shadow texture { Chalk } } #end
union { Line(<0,0,0>,<8,0,0>) Line(<1,1.4,0>,<7,1.4,0>) Line(<0,0,0>,<1,1.4,0>) Line(<8,0,0>,<7,1.4,0>)
  #for (K, 1, 7) Line(<K,0,0>,<K,1.4,0>) #end #for (K, 1, 3) Line(<K+1,0,0>,<K,1.4,0>) Line(<8-K-1,0,0>,<8-K,1.4,0>) #end
  Line(<4,-0.1,0>,<4,-1.3,0>) Line(<4,-1.3,0>,<3.75,-0.95,0>) Line(<4,-1.3,0>,<4.25,-0.95,0>)
  scale <0.80,0.9,1> translate <-6.6,9.5,15.45> }
