
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ

ExpExpx0*
T0
<
ReverseV2/axisConst*
dtype0*
valueB:
@
	ReverseV2	ReverseV2ExpReverseV2/axis*

Tidx0*
T0
&
CrossCrossx0	ReverseV2*
T0

yIdentityCross*
T0"ª