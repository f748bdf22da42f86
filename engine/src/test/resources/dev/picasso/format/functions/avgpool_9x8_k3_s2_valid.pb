
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ	
r
AvgPoolAvgPoolx0*
T0*
data_formatNHWC*
ksize
*
paddingVALID*
strides


yIdentityAvgPool*
T0"ª