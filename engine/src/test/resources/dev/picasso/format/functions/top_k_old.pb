
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ
"
TopKTopKx0*
T0*
k

yIdentityTopK*
T0"ª