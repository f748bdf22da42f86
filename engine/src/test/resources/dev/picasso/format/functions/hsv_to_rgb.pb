
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
!
HSVToRGBHSVToRGBx0*
T0
 
yIdentityHSVToRGB*
T0"ª