
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ
B
ConstConst*
dtype0*%
valueB"Û:¿ àÂ¾PåS>|¥¢>

AbsAbsx0*
T0
'
Xlog1pyXlog1pyConstAbs*
T0

yIdentityXlog1py*
T0"ª