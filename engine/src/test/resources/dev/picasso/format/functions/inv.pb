
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ

InvInvx0*
T0

yIdentityInv*
T0"ª