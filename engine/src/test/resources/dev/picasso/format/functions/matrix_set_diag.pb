
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
@
x1Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ
/
MatrixSetDiagMatrixSetDiagx0x1*
T0
%
yIdentityMatrixSetDiag*
T0"ª