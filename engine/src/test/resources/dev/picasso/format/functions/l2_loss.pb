
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ

L2LossL2Lossx0*
T0
!
addAddV2L2Lossx0*
T0

yIdentityadd*
T0"ª