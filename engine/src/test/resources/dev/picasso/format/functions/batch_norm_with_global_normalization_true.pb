
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
>
ConstConst*
dtype0*!
valueB"soŠ¾Ub¡;H|>>
@
Const_1Const*
dtype0*!
valueB"îá?<9¦?Ž¥Á>
@
Const_2Const*
dtype0*!
valueB"K@?,7>#	¿
@
Const_3Const*
dtype0*!
valueB"š¦E?½ÚO> ’ß¾
¯
 BatchNormWithGlobalNormalization BatchNormWithGlobalNormalizationx0ConstConst_1Const_2Const_3*
T0*
scale_after_normalization(*
variance_epsilon%
×#<
8
yIdentity BatchNormWithGlobalNormalization*
T0"ª