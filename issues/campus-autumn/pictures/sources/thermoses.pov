// Thermos flasks in front of the hot-water room, in the last sun. 1 unit = 10 cm.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 6
  radiosity { pretrace_start 0.08 pretrace_end 0.02 count 120 nearest_count 8 error_bound 0.6 recursion_limit 1 brightness 0.8 } }
#declare R = seed(300);
camera { location <-4.8, 4.7, -16.5> look_at <0.9, 2.35, 0> right x*1.3333 up y angle 42 }
light_source { <-34, 17, -22> rgb <1.0,0.76,0.46>*1.5 area_light <3,0,0>, <0,0,3>, 7, 7 adaptive 2 circular orient }
light_source { <20, 30, -20> rgb <0.45,0.55,0.75>*0.35 shadowless }

#declare Steel = texture { pigment { rgb <0.72,0.72,0.70> } finish { diffuse 0.4 specular 0.8 roughness 0.02 metallic reflection { 0.10, 0.3 } } };
#declare Cork = texture { pigment { bozo scale 0.08 color_map { [0 rgb <0.62,0.42,0.22>] [1 rgb <0.74,0.54,0.32>] } } finish { diffuse 0.85 } };
// A flask: shell of tin or wicker-patterned plastic, collar, lid, handle.
#macro Flask(C, Band, Kind)
  union {
    lathe { cubic_spline 12, <0,-0.2>,<0.98,0.0>,<1.02,0.15>,<1.0,0.9>,<1.0,1.9>,<0.99,2.5>,<0.90,2.85>,<0.70,3.12>,<0.56,3.28>,<0.54,3.40>,<0.50,3.42>,<0.3,3.4>
      texture { pigment {
        #if (Kind = 2) gradient y scale 0.7 color_map { [0 rgb C] [0.5 rgb C] [0.5 rgb Band] [1 rgb Band] } #else
        #if (Kind = 3) gradient y scale 4 color_map { [0 rgb C] [0.30 rgb C] [0.30 rgb Band] [0.52 rgb Band] [0.52 rgb C] [1 rgb C] } #else rgb C #end #end }
        finish { diffuse 0.82 specular 0.55 roughness 0.012 reflection { 0.0, 0.10 } } } }
    #if (Kind = 4) // peonies on tin
      #for (K, 0, 5) #for (J, 0, 4) sphere { <0,0,0>, 0.17 scale <1,1,0.2> translate <0.15,0,0> rotate z*J*72 translate <0,1.4+0.2*mod(K,2),-1.0> rotate y*K*60 texture { pigment { rgb Band } finish { diffuse 0.85 specular 0.4 } } } #end
        sphere { <0,0,0>, 0.10 scale <1,1,0.4> translate <0,1.4+0.2*mod(K,2),-1.03> rotate y*K*60 texture { pigment { rgb <0.98,0.85,0.35> } finish { diffuse 0.85 } } }
        #for (J, -1, 1, 2) sphere { <0,0,0>, 0.16 scale <1.5,0.6,0.15> rotate z*J*35 translate <J*0.36,1.12+0.2*mod(K,2),-1.0> rotate y*K*60 texture { pigment { rgb <0.12,0.35,0.16> } finish { diffuse 0.85 } } } #end #end
    #end
    torus { 1.01, 0.06 translate y*0.12 texture { Steel } }
    torus { 0.57, 0.05 translate y*3.28 texture { Steel } }
    cylinder { <0,3.38,0>, <0,3.62,0>, 0.34 texture { Cork } }
    lathe { cubic_spline 8, <0.6,3.3>,<0.60,3.42>,<0.60,3.75>,<0.57,4.0>,<0.42,4.16>,<0.2,4.2>,<0.0,4.2>,<-0.2,4.2> texture { pigment { rgb Band*0.9+0.06 } finish { diffuse 0.8 specular 0.5 roughness 0.015 } } }
    // side handle and carrying loop
    sphere_sweep { b_spline 7, <0.8,3.3,0>,0.085 <0.9,3.1,0>,0.085 <1.45,3.0,0>,0.085 <1.68,2.3,0>,0.085 <1.50,1.5,0>,0.085 <1.0,1.2,0>,0.085 <0.85,1.1,0>,0.085 texture { pigment { rgb Band*0.8+0.05 } finish { diffuse 0.8 specular 0.4 } } }
    torus { 1.025, 0.045 translate y*2.45 texture { Steel } }
  } #end
#declare Places = array[10][3] { {-6.6,0.2,0}, {-4.3,-0.25,1}, {-2.0,0.15,2}, {0.4,-0.35,3}, {2.75,0.05,4}, {5.1,-0.30,5}, {7.5,0.2,6}, {-5.4,2.5,7}, {-0.8,2.4,8}, {4.0,2.45,9} };
#declare Cs = array[10] { <0.70,0.07,0.06>, <0.10,0.26,0.52>, <0.86,0.62,0.10>, <0.72,0.09,0.07>, <0.08,0.36,0.26>, <0.85,0.82,0.74>, <0.60,0.28,0.36>, <0.16,0.40,0.55>, <0.09,0.30,0.22>, <0.80,0.36,0.08> };
#declare Bs = array[10] { <0.88,0.84,0.74>, <0.80,0.82,0.82>, <0.70,0.16,0.08>, <0.93,0.62,0.60>, <0.84,0.80,0.62>, <0.12,0.30,0.55>, <0.90,0.84,0.80>, <0.86,0.86,0.80>, <0.86,0.70,0.20>, <0.90,0.86,0.76> };
#declare Ks = array[10] { 4, 3, 2, 4, 0, 3, 0, 2, 3, 0 };
#for (K, 0, 9) object { Flask(Cs[K], Bs[K], Ks[K]) rotate y*(rand(R)*110-70) translate <Places[K][0], 0, Places[K][1]> } #end
// One without its lid, a sprig of osmanthus in its neck.
union {
  lathe { cubic_spline 12, <0,-0.2>,<0.98,0.0>,<1.02,0.15>,<1.0,0.9>,<1.0,1.9>,<0.99,2.5>,<0.90,2.85>,<0.70,3.12>,<0.56,3.28>,<0.54,3.40>,<0.50,3.42>,<0.3,3.4>
    texture { pigment { rgb <0.42,0.58,0.62> } finish { diffuse 0.82 specular 0.55 roughness 0.012 reflection { 0.0, 0.10 } } } }
  torus { 1.01, 0.06 translate y*0.12 texture { Steel } } torus { 0.57, 0.05 translate y*3.28 texture { Steel } } torus { 1.025, 0.045 translate y*2.45 texture { Steel } }
  sphere_sweep { b_spline 7, <0.8,3.3,0>,0.085 <0.9,3.1,0>,0.085 <1.45,3.0,0>,0.085 <1.68,2.3,0>,0.085 <1.50,1.5,0>,0.085 <1.0,1.2,0>,0.085 <0.85,1.1,0>,0.085 texture { pigment { rgb <0.80,0.80,0.76> } finish { diffuse 0.8 specular 0.4 } } rotate y*-150 }
  #for (S, 0, 4)
    #local A = S*72+20; #local D = <cos(radians(A))*0.55, 1.6+0.5*mod(S,2), sin(radians(A))*0.45>;
    sphere_sweep { b_spline 5, <0,2.8,0>,0.035 <0,3.2,0>,0.035 <D.x*0.4,3.3+D.y*0.5,D.z*0.4>,0.030 <D.x,3.3+D.y,D.z>,0.02 <D.x*1.2,3.4+D.y,D.z*1.2>,0.02 texture { pigment { rgb <0.28,0.20,0.12> } } }
    #for (K, 0, 7) #local T = 0.35+K*0.09; #local P = <D.x*T,3.3+D.y*T,D.z*T>;
      sphere { <0,0,0>, 0.30 scale <1,0.10,0.36> translate x*0.28 rotate <rand(R)*40,rand(R)*360,rand(R)*30+10> translate P texture { pigment { rgb <0.10,0.26,0.10> } finish { diffuse 0.85 specular 0.35 roughness 0.03 } } }
      #for (J, 0, 8) sphere { P+<rand(R)-0.5,rand(R)-0.5,rand(R)-0.5>*0.30, 0.050 texture { pigment { rgb <0.98,0.62,0.10> } finish { diffuse 0.9 emission 0.08 } } } #end
    #end #end
  translate <1.9,0,2.3> }

// Wall: limewash peeling over brick, a window with a sill, green dado.
#declare Plaster = texture { pigment { gradient y scale 12 color_map { [0 rgb <0.30,0.42,0.37>] [0.335 rgb <0.33,0.45,0.40>] [0.335 rgb <0.78,0.74,0.64>] [1 rgb <0.80,0.76,0.67>] } }
  normal { granite 0.10 scale 1.2 } finish { diffuse 0.85 } };
#declare BrickT = texture { pigment { brick rgb <0.52,0.48,0.42>, rgb <0.50,0.22,0.14> brick_size <2.3,0.62,1.1> mortar 0.09 } normal { brick 0.4 brick_size <2.3,0.62,1.1> mortar 0.09 } finish { diffuse 0.85 } };
difference { box { <-40,-1,5>, <40,20,6.5> } box { <-2.2,5.0,4>, <8.2,12,7> }
  texture { bozo scale <2.4,1.6,1> turbulence 0.7 octaves 5 texture_map { [0.0 Plaster] [0.67 Plaster] [0.69 BrickT] [1 BrickT] } } }
box { <-2.6,4.7,4.35>, <8.6,5.05,6> texture { pigment { granite scale 0.7 color_map { [0 rgb <0.50,0.49,0.46>] [1 rgb <0.62,0.61,0.57>] } } finish { diffuse 0.85 } } }
box { <-2.2,5.0,6.3>, <8.2,12,6.4> texture { pigment { rgb <0.05,0.06,0.06> } finish { diffuse 0.5 specular 0.5 reflection 0.12 } } }
#for (K, 0, 4) box { <-2.3+K*2.62-0.09,5,5.8>, <-2.3+K*2.62+0.09,12,6.2> texture { pigment { rgb <0.24,0.36,0.33> } finish { diffuse 0.8 specular 0.2 } } } #end
box { <-2.2,7.3,5.8>, <8.2,7.5,6.2> texture { pigment { rgb <0.24,0.36,0.33> } finish { diffuse 0.8 specular 0.2 } } }
box { <-2.2,5.05,5.8>, <8.2,5.25,6.2> texture { pigment { rgb <0.24,0.36,0.33> } finish { diffuse 0.8 specular 0.2 } } }
// Pipe and tap.
cylinder { <-8.6,-1,4.6>, <-8.6,14,4.6>, 0.24 texture { pigment { rgb <0.45,0.44,0.41> } finish { diffuse 0.6 specular 0.5 roughness 0.03 } } }
#for (K, 0, 2) cylinder { <-8.6,1.6+K*4,4.6>, <-8.6,2.0+K*4,4.6>, 0.33 texture { pigment { rgb <0.36,0.35,0.33> } finish { diffuse 0.6 specular 0.5 } } } #end
// Pavement of cement tiles, wet here and there, with leaves.
plane { y, 0 texture { pigment { bozo scale 2.6 turbulence 0.5 color_map { [0 rgb <0.46,0.43,0.39>] [1 rgb <0.56,0.53,0.48>] } }
  normal { granite 0.06 scale 2 } finish { diffuse 0.82 specular 0.08 roughness 0.05 } } }
#for (K, -12, 12) box { <K*3.1-0.03,-0.01,-30>, <K*3.1+0.03,0.004,5> texture { pigment { rgb <0.20,0.18,0.16> } } } #end
#for (K, -8, 2) box { <-40,-0.01,K*3.1-0.03>, <40,0.004,K*3.1+0.03> texture { pigment { rgb <0.26,0.24,0.22> } } } #end
#for (K, 0, 46) #local A = rand(R)*360;
  sphere { <0,0,0>, 0.26 scale <1,0.05,0.55> rotate <rand(R)*26-13,A,0> translate <-13+rand(R)*26,0.05,-9+rand(R)*13.5> texture { pigment { rgb <0.66+rand(R)*0.25,0.36+rand(R)*0.2,0.07> } finish { diffuse 0.85 } } } #end
