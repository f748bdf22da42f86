
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ

ReluRelux0*
T0
B
ConstConst*
dtype0*%
valueB"vAá?¶Ö‡?u¿6?Iro?
$
XdivyXdivyReluConst*
T0

yIdentityXdivy*
T0"ª