
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
!
RGBToHSVRGBToHSVx0*
T0
 
yIdentityRGBToHSV*
T0"ª