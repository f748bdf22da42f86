
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ
v
FakeQuantWithMinMaxArgsFakeQuantWithMinMaxArgsx0*
max%ÍÌL¿*
min%fff¿*
narrow_range(*
num_bits
/
yIdentityFakeQuantWithMinMaxArgs*
T0"ª