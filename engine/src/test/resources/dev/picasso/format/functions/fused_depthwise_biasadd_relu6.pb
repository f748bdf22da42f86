
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
š
ConstConst*
dtype0*ü
valueòBï"ØÇþ?Ë¹Ã¾‘[¼¾u+Ä½³å¾¾À8ó½ã&]¿Ó|¢>D“¿{ù\?õÕ=M¾âúH¿°=D¿2+>N»t»Zíƒ?6ý¾T_¶½ìî¾fö¬>LhÕ>`1>Ò$~?z¿ç7¾ZR>ŸËm¿‰ìß>ÓW‡½Wá„?JŸ¾VÕD¾*Óm¾æ2Y¿£Ö`?’Š¾Ê[™>|Ç§¾œ£>°4T?c§¦>¹³~¿‰Ar=+ê>ó°S¿\˜>â]&<ÓQ†>†?¾PÊ>I;ó>ÎŠ¾k©R?
L
Const_1Const*
dtype0*-
value$B""?ö"¾üù>’åœ=bÝ9?Þ¶>½ñ†ÿ>
°
_FusedDepthwiseConv2dNative_FusedDepthwiseConv2dNativex0ConstConst_1*
T0*
	fused_ops
BiasAddRelu6*
num_args*
paddingSAME*
strides

3
yIdentity_FusedDepthwiseConv2dNative*
T0"ª