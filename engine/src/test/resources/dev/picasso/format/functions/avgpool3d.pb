
H
x0Placeholder*
dtype0*(
shape:ÿÿÿÿÿÿÿÿÿ
x
	AvgPool3D	AvgPool3Dx0*
T0*
data_formatNDHWC*
ksize	
*
paddingSAME*
strides	

!
yIdentity	AvgPool3D*
T0"ª