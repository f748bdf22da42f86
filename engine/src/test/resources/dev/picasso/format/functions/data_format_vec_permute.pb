
D
x0Placeholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
9
ShapeShapex0*
T0*
out_type0:íÏ
h
DataFormatVecPermuteDataFormatVecPermuteShape*
T0*

dst_formatNCHW*

src_formatNHWC
C
ReshapeReshapex0DataFormatVecPermute*
Tshape0*
T0

yIdentityReshape*
T0"ª