// The old boiler house at dusk: brick hall with lit arched windows, chimney, wet paving.
// povray +Iboiler-house.pov +W1800 +H1125 +A0.2
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 6 }
#declare R = seed(1974);
#declare Warm = rgb <1.0, 0.68, 0.32>;

camera { perspective location <-5, 1.8, -24> look_at <10.2, 7.0, 0> right x*1.6 up y angle 62 }

sky_sphere {
  pigment { gradient y
    color_map {
      [0.00 rgb <0.98,0.52,0.30>] [0.06 rgb <0.90,0.50,0.40>] [0.16 rgb <0.46,0.37,0.50>]
      [0.34 rgb <0.15,0.20,0.38>] [0.70 rgb <0.05,0.08,0.20>] [1.00 rgb <0.03,0.06,0.16>] } }
  pigment { bozo scale <0.9,0.11,0.9> turbulence 0.5 octaves 5
    color_map { [0.0 rgbt 1] [0.55 rgbt 1] [0.75 rgbt <0.75,0.42,0.40,0.55>] [1 rgbt <0.30,0.25,0.38,0.35>] } }
}
light_source { <-60, 30, -50> rgb <0.22,0.25,0.42>*0.5 }
light_source { <10, 40, -60> rgb <0.16,0.16,0.26>*0.35 shadowless }

#declare Brick = texture {
  pigment { brick
    pigment { rgb <0.30,0.25,0.22> }
    pigment { bozo scale <0.8,0.25,0.8> color_map { [0 rgb <0.50,0.17,0.10>] [0.5 rgb <0.60,0.24,0.14>] [1 rgb <0.40,0.13,0.09>] } }
    brick_size <0.48,0.13,0.24> mortar 0.016 }
  normal { brick 0.25 brick_size <0.48,0.13,0.24> mortar 0.016 }
  finish { diffuse 0.85 } };
#declare Stone = texture { pigment { rgb <0.42,0.39,0.35> } finish { diffuse 0.8 } };
#declare Iron = texture { pigment { rgb <0.05,0.055,0.06> } finish { diffuse 0.6 specular 0.2 } };

// One bay is 4 m wide; an arched window 2.1 m wide, 5.4 m high.
#macro Arch(W, H, D) union { box { <-W/2,0,-D>, <W/2,H-W/2,D> } cylinder { <0,H-W/2,-D>, <0,H-W/2,D>, W/2 } } #end
#declare Bays = 7;
#declare Hall = difference {
  box { <0,0,0>, <Bays*4, 8.6, 12> }
  box { <0.4,0.1,0.4>, <Bays*4-0.4, 8.4, 11.6> }
  #for (I, 0, Bays-1) #if (I != 2)
    object { Arch(2.1, 5.4, 1) translate <I*4+2, 1.5, 0> }
  #else
    object { Arch(2.6, 6.6, 1) translate <I*4+2, -0.1, 0> }
  #end #end
  #for (I, 0, 2) object { Arch(2.0, 5.0, 1) rotate y*90 translate <0, 1.5, I*3.7+2.3> } #end
  texture { Brick }
};
object { Hall }
// Surrounds, sills, pilasters, cornice.
#macro Surround(W, H) difference {
  object { Arch(W+0.36, H+0.18, 0.08) } object { Arch(W, H, 1) } box { <-3,-1,-1>, <3,0,1> } texture { Stone } } #end
#for (I, 0, Bays-1)
  #if (I != 2)
    object { Surround(2.1, 5.4) translate <I*4+2, 1.5, -0.04> }
    box { <-1.3,-0.16,-0.18>, <1.3,0,0.1> texture { Stone } translate <I*4+2, 1.5, 0> }
  #else object { Surround(2.6, 6.6) translate <I*4+2, -0.1, -0.04> } #end
#end
#for (I, 0, Bays) box { <-0.32,0,-0.22>, <0.32,8.0,0.1> texture { Brick } translate x*I*4 } #end
box { <-0.5,7.95,-0.34>, <Bays*4+0.5,8.25,0.2> texture { Stone } }
box { <-0.4,8.25,-0.24>, <Bays*4+0.4,8.75,0.2> texture { Brick } }
box { <-0.5,8.7,-0.34>, <Bays*4+0.5,8.85,0.2> texture { Stone } }
box { <-0.34,7.95,-0.3>, <0.2,8.25,12.3> texture { Stone } }
#for (I, 0, 2) object { Surround(2.0, 5.0) rotate y*90 translate <-0.04, 1.5, I*3.7+2.3> } #end
box { <-0.08,0,-0.26>, <Bays*4+0.1,0.55,0.1> texture { Stone } }
// Gable roof with a raised lantern.
prism { linear_sweep linear_spline -0.5, Bays*4+0.5, 4, <-0.6,0>, <6,3.0>, <12.6,0>, <-0.6,0>
  matrix <0,0,1, 1,0,0, 0,1,0, 0,0,0>
  texture { pigment { rgb <0.10,0.11,0.13> } normal { gradient x 0.5 scale 0.45 } finish { diffuse 0.6 specular 0.15 roughness 0.05 } }
  translate <0,8.75,0> }
// Window bars and glass.
#macro Bars(W, H) union {
  #for (K, 1, 3) box { <-W/2+K*W/4-0.025,0,-0.03>, <-W/2+K*W/4+0.025,H-0.06,0.03> } #end
  #for (K, 1, 6) #if (K*0.72 < H-0.5) box { <-W/2,K*0.72-0.022,-0.03>, <W/2,K*0.72+0.022,0.03> } #end #end
  box { <-W/2,-0.02,-0.05>, <W/2,0.07,0.05> } texture { Iron } } #end
#for (I, 0, Bays-1) #if (I != 2) object { Bars(2.1, 5.4) translate <I*4+2, 1.5, 0.22> } #end #end
#for (I, 0, 2) object { Bars(2.0, 5.0) rotate y*90 translate <0.22, 1.5, I*3.7+2.3> } #end
// Entrance: doors ajar under a fan light.
union {
  box { <-1.3,4.1,0.2>, <1.3,4.25,0.34> }
  #for (K, 0, 4) box { <-0.03,0,0.24>, <0.03,2.4,0.3> rotate z*(-72+K*36) translate y*4.2 } #end
  box { <-1.3,0,0.2>, <-1.22,4.2,0.3> } box { <1.22,0,0.2>, <1.3,4.2,0.3> }
  texture { Iron } translate <10,0,0> }
#macro Leaf() union { box { <0,0,-0.03>, <1.2,0.9,0.03> } box { <0,4.0,-0.03>, <1.2,4.1,0.03> } box { <0,0,-0.03>, <0.09,4.1,0.03> } box { <1.11,0,-0.03>, <1.2,4.1,0.03> }
   box { <0,2.3,-0.03>, <1.2,2.38,0.03> } box { <0.57,0.9,-0.03>, <0.63,4.1,0.03> } texture { pigment { rgb <0.03,0.12,0.11> } finish { diffuse 0.7 specular 0.3 } } } #end
object { Leaf() rotate y*65 translate <8.75,0,0.25> }
object { Leaf() scale <-1,1,1> rotate y*-20 translate <11.25,0,0.25> }
box { <-2.4,0,-2.0>, <2.4,0.14,0.2> texture { Stone } translate x*10 }
box { <-2.0,0.14,-1.5>, <2.0,0.28,0.2> texture { Stone } translate x*10 }
// Inside: warm back wall with shelves, lamps, heads over books.
box { <0.4,0.1,8.4>, <Bays*4-0.4,8.4,8.5> texture {
  pigment { gradient y scale 8.4 color_map { [0 rgb <0.95,0.48,0.14>] [0.5 rgb <1.0,0.62,0.24>] [1 rgb <0.70,0.36,0.12>] } } finish { ambient 0 emission 0.95 diffuse 0 } } }
box { <0.45,0.1,0.5>, <0.5,8.4,11>  texture { pigment { rgb <1,0.7,0.4> } finish { emission 0.4 diffuse 0 } } }
box { <Bays*4-0.5,0.1,0.5>, <Bays*4-0.45,8.4,11> texture { pigment { gradient y scale 8.4 color_map { [0 rgb <0.80,0.42,0.16>] [0.6 rgb <0.98,0.66,0.32>] [1 rgb <0.5,0.28,0.12>] } } finish { emission 0.75 diffuse 0 } } }
#for (I, 0, Bays*3)
  union {
    box { <0,0,0>, <1.16,3.7,0.3> texture { pigment { rgb <0.20,0.09,0.04> } finish { emission 0.32 diffuse 0.3 } } }
    #for (K, 0, 5) #local X = 0.06; #while (X < 1.04)
      #local Wd = 0.03+rand(R)*0.05; #local Ht = 0.34+rand(R)*0.16; #local T = rand(R);
      box { <X,K*0.6+0.1,-0.05>, <X+Wd*0.92,K*0.6+0.1+Ht,0> texture { pigment { rgb
        #switch (floor(T*5)) #case (0) <0.9,0.35,0.16> #break #case (1) <0.95,0.80,0.55> #break #case (2) <0.28,0.34,0.30> #break #case (3) <0.72,0.52,0.25> #break #else <0.5,0.16,0.10> #end }
        finish { emission 0.62 diffuse 0.2 } } }
      #local X = X+Wd; #end #end
    translate <I*1.28+0.6,0.1,7.9> }
#end
// Upper gallery with a rail.
box { <0.4,4.3,6.4>, <Bays*4-0.4,4.5,8.4> texture { pigment { rgb <0.22,0.10,0.05> } finish { emission 0.25 diffuse 0.3 } } }
#for (I, 0, Bays*10) cylinder { <I*0.4+0.5,4.5,6.45>, <I*0.4+0.5,5.4,6.45>, 0.02 texture { Iron } } #end
cylinder { <0.4,5.4,6.45>, <Bays*4-0.4,5.4,6.45>, 0.04 texture { Iron } }
// Pendant lamps.
#for (I, 0, Bays*2-1)
  #if (abs(I*2+1-10) > 1.5)
  union {
    cylinder { <0,5.05,0>, <0,8.4,0>, 0.015 texture { Iron } }
    cone { <0,4.78,0>, 0.34, <0,5.08,0>, 0.06 open texture { Iron } }
    sphere { <0,4.78,0>, 0.19 texture { pigment { rgb <1,0.93,0.75> } finish { emission 2.6 diffuse 0 } } }
    translate <I*2+1, -1.0, 3.0> }
  #end
#end
// Readers: dark busts behind the sills, bent over tables.
#macro Reader(S, T) union {
  sphere { <0,0.62,0>, 0.155 scale <0.92,1.05,1> }
  sphere { <0,0.66,0.03>, 0.165 scale <0.98,0.95,0.95> }
  cylinder { <0,0.36,0>, <0,0.52,0>, 0.06 }
  sphere_sweep { cubic_spline 5, <-0.5,-0.3,0>,0.1 <-0.32,0.05,0>,0.11 <-0.14,0.36,0>,0.11 <0.14,0.36,0>,0.11 <0.45,-0.2,0>,0.1 }
  sphere { <0,0.05,0>, 0.34 scale <0.95,1.1,0.6> }
  texture { pigment { rgb T } finish { emission 0.10 diffuse 0.6 } }
  scale S } #end
#declare Seats = array[9] { 1.5, 2.4, 5.7, 6.6, 14.3, 17.6, 18.5, 22.2, 26.1 };
#for (K, 0, 8) object { Reader(1.05, <0.10+0.1*rand(R),0.06,0.05>) rotate <0,rand(R)*60-30,0> translate <Seats[K],1.75,1.7+rand(R)*0.8> } #end
// One walks out of the door.
union {
  sphere { <0,1.58,0>, 0.12 } sphere { <0,1.62,0.02>, 0.125 }
  cone { <0,0.80,0>, 0.24, <0,1.40,0>, 0.17 } sphere { <0,1.36,0>, 0.19 scale <1,1,0.8> }
  cone { <-0.09,0.85,0>, 0.11, <-0.12,0.06,-0.16>, 0.06 } cone { <0.09,0.85,0>, 0.11, <0.12,0.06,0.14>, 0.06 }
  box { <-0.16,0.86,0.13>, <0.16,1.36,0.32> }
  cylinder { <-0.22,1.32,0>, <-0.28,0.85,-0.06>, 0.055 } cylinder { <0.22,1.32,0>, <0.27,0.85,0.05>, 0.055 }
  texture { pigment { rgb <0.05,0.06,0.09> } finish { diffuse 0.7 } }
  rotate y*28 translate <8.2,0.0,-4.4> }
// Spill of light.
#for (I, 0, Bays-1)
  light_source { <I*4+2, 5.2, 2.2> Warm*2.2 spotlight point_at <I*4+2, -1, -6.5> radius 20 falloff 50 fade_distance 7 fade_power 2 }
#end
light_source { <10, 3.9, 1.0> Warm*3.2 spotlight point_at <9.2, 0, -6> radius 20 falloff 48 fade_distance 6 fade_power 2 }
light_source { <-1.4, 4.6, 6.0> Warm*0.5 fade_distance 4 fade_power 2 }
// Chimney, 42 m: octagon base, tapering shaft with iron bands, beacon.
union {
  box { <-2.0,0,-2.0>, <2.0,5,2.0> }
  box { <-2.2,5,-2.2>, <2.2,5.3,2.2> texture { Stone } }
  cone { <0,5.3,0>, 1.72, <0,30,0>, 1.12 }
  cone { <0,28.4,0>, 1.18, <0,29.3,0>, 1.36 } cylinder { <0,29.3,0>, <0,30,0>, 1.4 }
  #for (K, 0, 7) torus { 1.69-K*0.074, 0.035 translate y*(7+K*2.9) texture { Iron } } #end
  texture { Brick } texture { Brick }
  translate <31,0,15> }
sphere { <31,30.6,15>, 0.20 texture { pigment { rgb <1,0.35,0.22> } finish { emission 2.4 diffuse 0 } } }
sphere { <31,30.6,15>, 0.95 hollow texture { pigment { rgbt 1 } } interior { media { emission rgb <1,0.25,0.12>*0.55 density { spherical scale 0.95 } } } }
// Ground: setts, wet in places.
plane { y, 0
  texture {
    pigment { bozo scale 1.3 color_map { [0 rgb <0.13,0.12,0.12>] [1 rgb <0.24,0.22,0.21>] } }
    normal { brick 0.18 brick_size <0.6,1,0.3> mortar 0.02 rotate y*12 }
    finish { diffuse 0.85 specular 0.10 roughness 0.04 reflection { 0.0, 0.10 falloff 4 } } } }
// Puddles.
#for (K, 1, 5)
  cylinder { <0,0,0>, <0,0.006,0>, 1 scale <1.1+rand(R)*1.7,1,0.30+rand(R)*0.35> rotate y*(rand(R)*40-20) translate <-8+K*3.1+rand(R),0,-15+rand(R)*6>
    texture { pigment { rgb <0.03,0.03,0.04> } normal { bumps 0.02 scale 0.5 } finish { diffuse 0.2 specular 0.4 reflection { 0.35, 0.85 } } } }
#end
// Fallen plane leaves.
#for (K, 0, 520)
  #local X = -19+rand(R)*34; #local Z = -23+rand(R)*21;
  disc { <0,0,0>, y, 0.09 scale <1,1,0.65> rotate <rand(R)*36-18,rand(R)*360,0> translate <X,0.03,Z>
    texture { pigment { rgb <0.62+rand(R)*0.3,0.30+rand(R)*0.22,0.07> } finish { diffuse 0.9 emission 0.03 } } }
#end
// A plane tree at the left, half bare.
#macro Branch(P, D, L, W, N)
  #local Q = P + D*L;
  cone { P, W, Q, W*0.72 }
  #if (N > 0)
    #local C = 2 + (N > 3);
    #for (K, 1, C)
      #local E = vnormalize(D + <rand(R)-0.5, rand(R)*0.5-0.05, rand(R)-0.5>*1.25);
      Branch(Q, E, L*(0.68+rand(R)*0.16), W*0.66, N-1)
    #end
  #else
    #if (rand(R) < 0.55)
    #for (K, 1, 9) disc { <0,0,0>, y, 0.10+rand(R)*0.06 scale <1,1,0.75> rotate <rand(R)*360,rand(R)*360,0> translate Q + <rand(R)-0.5,rand(R)-0.6,rand(R)-0.5>*0.9
        texture { pigment { rgb <0.50+rand(R)*0.25,0.27+rand(R)*0.16,0.06> } finish { diffuse 0.9 emission 0.04 } } } #end #end
  #end
#end
union { Branch(<0,0,0>, vnormalize(<0.06,1,0.02>), 3.6, 0.36, 6)
  texture { pigment { bozo scale 0.5 color_map { [0 rgb <0.10,0.09,0.09>] [1 rgb <0.19,0.17,0.15>] } } finish { diffuse 0.8 } }
  translate <-3.6,0,-3> }
union { Branch(<0,0,0>, vnormalize(<-0.05,1,0.04>), 3.2, 0.30, 5)
  texture { pigment { rgb <0.06,0.06,0.08> } finish { diffuse 0.7 } }
  translate <-11,0,9> }
// A street lamp on the path.
union { cylinder { <0,0,0>, <0,4.0,0>, 0.055 texture { Iron } } cone { <0,4.0,0>, 0.26, <0,4.25,0>, 0.08 texture { Iron } }
  sphere { <0,3.96,0>, 0.14 texture { pigment { rgb <1,0.95,0.82> } finish { emission 1.9 diffuse 0 } } } translate <2.2,0,-9> }
light_source { <2.2,3.8,-9> rgb <1,0.86,0.6>*0.8 fade_distance 3 fade_power 2 }
// Campus trees and a low wall along the horizon.
#for (K, 0, 124)
  #local X = -62+K*1.7+rand(R);
  #for (J, 0, 7)
    sphere { <X+rand(R)*2-1, 1.4+rand(R)*3.2, 42+rand(R)*6>, 0.9+rand(R)*0.8 scale <1,1.1,1>
      texture { pigment { rgb <0.06+rand(R)*0.03,0.06+rand(R)*0.02,0.07> } normal { bumps 1 scale 0.15 } finish { diffuse 0.6 emission 0.05 } } }
  #end
  cylinder { <X,0,43>, <X,2.5,43>, 0.14 texture { pigment { rgb <0.03,0.03,0.04> } } }
#end
box { <-120,0,39>, <140,1.1,39.5> texture { pigment { rgb <0.13,0.10,0.10> } finish { diffuse 0.7 } } }
// Distant dormitory block.
box { <-44,0,60>, <-16,11,70> texture { pigment { rgb <0.08,0.09,0.13> } finish { diffuse 0.6 emission 0.1 } } }
#for (I, 0, 20) #for (J, 0, 4) #if (rand(R) < 0.4) box { <-43.4+I*1.35,2.6+J*1.9,59.8>, <-42.7+I*1.35,3.6+J*1.9,59.9> texture { pigment { rgb <1,0.8,0.5> } finish { emission 0.6 diffuse 0 } } } #end #end #end
