// The sampling boat on Half-Moon Lake on a misty morning.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 6 }
#declare R = seed(141);
camera { location <0, 1.0, -5.2> look_at <0.42, 0.66, 0> right x*1.6 up y angle 44 }
light_source { <-38, 20, 34> rgb <1.0,0.80,0.54>*1.5 }
light_source { <30, 40, -50> rgb <0.50,0.60,0.75>*0.55 shadowless }
background { rgb <0.80,0.80,0.76> }
sky_sphere { pigment { gradient y color_map {
   [0.00 rgb <0.98,0.84,0.62>] [0.10 rgb <0.93,0.83,0.70>] [0.30 rgb <0.72,0.78,0.80>] [1 rgb <0.42,0.56,0.70>] } } }
fog { fog_type 2 distance 74 rgb <0.90,0.83,0.72> fog_offset 0.0 fog_alt 2.8 turbulence 0.25 turb_depth 0.3 }

// Water.
plane { y, 0 hollow
  texture { pigment { rgb <0.035,0.075,0.075> }
    normal { average normal_map {
      [1.2 bumps 0.10 scale <1.6,1,0.28>]
      [1.0 wrinkles 0.08 scale <0.9,1,0.22>]
      [0.6 ripples 0.05 frequency 2.4 phase 0.2 translate <0.2,0,0>] } }
    finish { diffuse 0.25 specular 0.7 roughness 0.004 reflection { 0.06, 0.95 fresnel falloff 2 } conserve_energy } }
  interior { ior 1.33 } }

// Hull: 1.2 m, drawn as cross sections joined by a mesh.
#declare N = 40; #declare M = 18;
#macro Hull_point(U, V)
  // U 0 stern .. 1 bow; V -1 port rail .. 0 keel .. 1 starboard rail
  #local B = 0.40*pow(sin(pi*(0.5+0.5*U)), 0.62)*(1-0.10*(1-U)) + 0.002;
  #local Dp = 0.17*(1-0.55*pow(U,2.6));
  #local Sh = 0.13 + 0.09*U*U;
  #local A = V*pi/2;
  < -1.2+2.4*U + 0.12*U*U*pow(abs(V),2), -Dp*pow(max(0,cos(A)),0.8) + Sh*pow(abs(sin(A)),1.5), B*sin(A)*pow(abs(sin(A))+0.001,-0.28) >
#end
#declare Skin = texture { pigment { rgb <0.93,0.93,0.90> } finish { diffuse 0.85 specular 0.5 roughness 0.01 reflection { 0.0, 0.12 } } };
#declare Red = texture { pigment { rgb <0.72,0.11,0.06> } finish { diffuse 0.85 specular 0.4 roughness 0.02 } };
#declare Dark = texture { pigment { rgb <0.06,0.07,0.08> } finish { diffuse 0.7 specular 0.4 roughness 0.02 } };
#declare Foam = texture { pigment { rgb <0.95,0.48,0.10> } normal { granite 0.12 scale 0.2 } finish { diffuse 0.9 } };
#declare Hull = union {
  mesh { #for (I, 0, N-1) #for (J, -M, M-1)
      #local P1 = Hull_point(I/N, J/M); #local P2 = Hull_point((I+1)/N, J/M); #local P3 = Hull_point((I+1)/N, (J+1)/M); #local P4 = Hull_point(I/N, (J+1)/M);
      triangle { P1, P2, P3 } triangle { P1, P3, P4 } #end #end
    texture { Skin } }
  mesh { #for (I, 0, N-1)
      #local P1 = Hull_point(I/N,-1)-<0,0.03,0>; #local P2 = Hull_point((I+1)/N,-1)-<0,0.03,0>; #local P3 = Hull_point((I+1)/N,1)-<0,0.03,0>; #local P4 = Hull_point(I/N,1)-<0,0.03,0>;
      triangle { P1, P2, P3 } triangle { P1, P3, P4 } #end
    texture { pigment { rgb <0.86,0.87,0.85> } finish { diffuse 0.85 specular 0.3 roughness 0.02 } } }
  mesh { #for (J, -M, M-1) triangle { Hull_point(0,J/M), Hull_point(0,(J+1)/M), <-1.2,0.05,0> } #end texture { Skin } }
  // fender of foam round the rail
  #for (S, -1, 1, 2) sphere_sweep { b_spline N+1 #for (I, 0, N) Hull_point(I/N, S)+<0,-0.035,0.012*S>, 0.042 #end texture { Foam } } #end
  // a red line above the water
  #for (S, -1, 1, 2) sphere_sweep { b_spline N+1 #for (I, 0, N) Hull_point(I/N, S*0.62)+<0,0,0.002*S>, 0.012 #end texture { Red } } #end
};
#declare Boat = union {
  object { Hull }
  // electronics box, solar panel, mast with vane, aerial and lamp, probes at the side
  box { <-0.42,0.12,-0.17>, <0.10,0.28,0.17> texture { Dark } }
  box { <-0.40,0.281,-0.155>, <0.08,0.284,0.155> texture { pigment { rgb <0.75,0.76,0.74> } finish { diffuse 0.7 } } }
  union { box { <-0.46,0,-0.25>, <0.40,0.016,0.25> texture { pigment { brick rgb <0.42,0.45,0.50>, rgb <0.035,0.06,0.14> brick_size <0.108,0.3,0.125> mortar 0.006 translate <0.0,-0.1,0> } finish { diffuse 0.6 specular 0.6 roughness 0.01 reflection { 0.04, 0.35 } } } }
    box { <-0.475,-0.006,-0.265>, <0.415,0.010,0.265> texture { pigment { rgb 0.75 } finish { diffuse 0.7 specular 0.4 } } } rotate <-13,0,3> translate <-0.10,0.36,0> }
  cylinder { <0.52,0.1,0>, <0.52,1.12,0>, 0.016 texture { Skin } }
  cylinder { <0.52,0.98,-0.14>, <0.52,0.98,0.14>, 0.010 texture { Skin } }
  union { #for (K, 0, 2) union { cylinder { <0,0,0>, <0.085,0,0>, 0.005 } difference { sphere { <0.10,0,0>, 0.032 } sphere { <0.10,0,0>, 0.027 } box { <0,-1,0>, <1,1,1> } } rotate y*K*120 } #end
    cylinder { <0,-0.05,0>, <0,0.02,0>, 0.01 } texture { Dark } rotate y*20 translate <0.52,1.06,-0.14> }
  cylinder { <0.52,0.98,0.14>, <0.52,1.40,0.14>, 0.004 texture { Dark } }
  sphere { <0.52,1.15,0>, 0.028 texture { pigment { rgb <1,0.25,0.12> } finish { emission 0.9 diffuse 0.3 specular 0.6 } } }
  // pennant
  mesh { triangle { <0.505,0.90,0>, <0.505,0.72,0>, <0.20,0.79,0.06> } texture { Red } }
  // probe arm
  union { cylinder { <0,0.24,-0.30>, <0,0.24,-0.52>, 0.014 texture { Skin } } cylinder { <0,0.26,-0.50>, <0,-0.4,-0.50>, 0.020 texture { Dark } }
    cylinder { <0,0.26,-0.50>, <0,0.33,-0.50>, 0.028 texture { Red } } translate x*0.14 }
  // lettering strip and cover at the stern
  box { <-1.08,0.11,-0.16>, <-0.66,0.19,0.16> texture { Skin } }
  cylinder { <-0.87,0.19,0>, <-0.87,0.25,0>, 0.05 texture { Dark } }
  // a sphere of a camera at the bow
  sphere { <0.86,0.24,0>, 0.055 texture { Skin } } cylinder { <0.86,0.24,0>, <0.925,0.245,0>, 0.03 texture { Dark } }
  cylinder { <0.86,0.12,0>, <0.86,0.24,0>, 0.02 texture { Dark } }
};
object { Boat rotate <2.5,0,0> rotate y*-24 translate <-0.05,0.0,-0.1> }
// Wake.
#for (K, 0, 26)
  #for (S, -1, 1, 2)
    #local L = 0.25+K*0.16;
    torus { 0.05+K*0.006, 0.006 scale <3.0,0.4,0.7> rotate y*S*(15) translate <-1.1-L, -0.002, S*(0.16+L*0.20)> rotate y*-24 translate <-0.05,0,-0.1>
      texture { pigment { rgbt <0.95,0.93,0.86,0.55+K*0.016> } finish { diffuse 0.8 } } no_shadow }
  #end #end

// Lake pavilion on its stone base.
#declare Wood = texture { pigment { rgb <0.30,0.12,0.07> } finish { diffuse 0.8 } };
#declare Tile = texture { pigment { rgb <0.16,0.18,0.18> } normal { gradient x 0.5 scale 0.12 } finish { diffuse 0.8 } };
// A point of the roof: T 0 eave .. 1 top, S 0 .. 1 along a side whose corners stand at A0 and A1.
#macro Rim(T, S, A) <cos(A)*2.55*(1-T), 2.75+1.5*pow(T,1.18)+0.30*pow(1-T,3)*pow(abs(2*S-1),3), -sin(A)*2.55*(1-T)> #end
#macro Rf(T, S) (Rim(T,S,A0)*(1-S)+Rim(T,S,A1)*S) #end
#declare Pavilion = union {
  cylinder { <0,0,0>, <0,0.55,0>, 2.3 texture { pigment { rgb <0.45,0.43,0.39> } finish { diffuse 0.8 } } }
  #for (K, 0, 5) union {
    cylinder { <1.7,0.55,0>, <1.7,2.9,0>, 0.10 texture { Wood } }
    rotate y*(K*60+15) } #end
  #for (K, 0, 5) union { box { <1.40,1.0,-0.9>, <1.46,1.08,0.9> } box { <1.42,2.55,-0.95>, <1.50,2.85,0.95> } #for (J, -4, 4) box { <1.41,0.62,J*0.18-0.02>, <1.44,1.0,J*0.18+0.02> } #end texture { Wood } rotate y*(K*60+45) } #end
  // six-sided roof with lifted corners
  mesh { #for (K, 0, 5) #for (J, 0, 11)
      #local A0 = radians(K*60+15); #local A1 = radians(K*60+75);
      #for (I, 0, 11)
        triangle { Rf(J/12,I/12), Rf(J/12,(I+1)/12), Rf((J+1)/12,(I+1)/12) }
        triangle { Rf(J/12,I/12), Rf((J+1)/12,(I+1)/12), Rf((J+1)/12,I/12) }
      #end #end #end texture { Tile } }
  sphere { <0,4.35,0>, 0.16 texture { Tile } } cone { <0,4.4,0>, 0.10, <0,4.85,0>, 0.02 texture { Tile } }
};
object { Pavilion scale 1.05 translate <7.6,0,17> }
// Plank bridge to the shore.
#for (K, 0, 9) cylinder { <9.8+K*1.3,0,17.2>, <9.8+K*1.3,0.75,17.2>, 0.07 texture { Wood } } #end
box { <9.6,0.55,16.8>, <24,0.65,17.7> texture { Wood } }
// Far shore: willows and poplars, paler with distance.
#macro Crown(P, S, C) #for (K, 0, 150) sphere { P + vnormalize(<rand(R)-0.5,rand(R)-0.5,rand(R)-0.5>)*pow(rand(R),0.4)*S*<0.62,0.72,0.5>, S*(0.05+rand(R)*0.07) texture { pigment { rgb C*(0.8+rand(R)*0.4) } normal { bumps 1.2 scale 0.08 } finish { diffuse 0.8 } } } #end #end
#for (K, 0, 46)
  #local X = -26+K*1.25+rand(R)*0.7; #local S = 1.5+rand(R)*1.7; #local T = rand(R);
  #if (T < 0.45) #local C = <0.20,0.20,0.10>; #else #if (T < 0.7) #local C = <0.46,0.28,0.08>; #else #local C = <0.15,0.19,0.13>; #end #end
  Crown(<X, S*0.72, 33+rand(R)*6>, S, C)
#end
box { <-80,0,31>, <80,0.35,45> texture { pigment { rgb <0.24,0.22,0.15> } finish { diffuse 0.8 } } }
// Library tower in the mist.
union { box { <-15.5,0,60>, <-7,9,70> } box { <-13.6,9,61>, <-9,11,69> } texture { pigment { gradient y scale 1.1 color_map { [0 rgb <0.55,0.53,0.48>] [0.45 rgb <0.55,0.53,0.48>] [0.45 rgb <0.40,0.42,0.42>] [1 rgb <0.40,0.42,0.42>] } } finish { diffuse 0.7 } } }
// Lotus in autumn: bent stalks and pods at the left.
#for (K, 0, 30)
  #local X = -4.6+rand(R)*2.4; #local Z = -1.2+rand(R)*5.5; #local Ht = 0.35+rand(R)*0.55; #local Bd = (rand(R)-0.3)*0.55;
  sphere_sweep { b_spline 6, <X,-0.3,Z>,0.010 <X,-0.05,Z>,0.010 <X+Bd*0.1,Ht*0.6,Z>,0.010 <X+Bd*0.45,Ht,Z>,0.009 <X+Bd*0.95,Ht*0.92,Z>,0.009 <X+Bd*1.15,Ht*0.66,Z>,0.009
    texture { pigment { rgb <0.24,0.16,0.08> } finish { diffuse 0.8 } } }
  #if (rand(R) < 0.5)
    cone { <X+Bd*0.98,Ht*0.88,Z>, 0.02, <X+Bd*1.12,Ht*0.76,Z>, 0.085 texture { pigment { rgb <0.26,0.17,0.08> } finish { diffuse 0.8 } } }
  #else
    mesh { #for (J, 0, 9) triangle { <X+Bd*0.98,Ht*0.9,Z>, <X+Bd*0.98+0.30*cos(radians(J*36)),Ht*0.62+0.08*sin(J*2),Z+0.22*sin(radians(J*36))>, <X+Bd*0.98+0.30*cos(radians(J*36+36)),Ht*0.62+0.08*sin(J*2+2),Z+0.22*sin(radians(J*36+36))> } #end
      texture { pigment { rgb <0.36,0.24,0.10> } finish { diffuse 0.8 } } }
  #end
#end
#for (K, 0, 16) #local X = -4.8+rand(R)*2.8; #local Z = -1.8+rand(R)*6;
  cylinder { <X,0.004,Z>, <X,0.012,Z>, 0.22+rand(R)*0.16 texture { pigment { rgb <0.22+rand(R)*0.15,0.24,0.08> } finish { diffuse 0.8 specular 0.3 } } } #end
