
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
q
AvgPoolAvgPoolx0*
T0*
data_formatNHWC*
ksize
*
paddingSAME*
strides


yIdentityAvgPool*
T0"ª