
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ

ReluRelux0*
T0

AbsAbsx0*
T0
"
XlogyXlogyReluAbs*
T0

yIdentityXlogy*
T0"ª