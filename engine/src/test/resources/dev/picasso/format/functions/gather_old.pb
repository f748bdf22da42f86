
<
x0Placeholder*
dtype0*
shape:ÿÿÿÿÿÿÿÿÿ
r
ConstConst*
dtype0*U
valueLBJ"<“»¥½øX~¾Û|T¾¦j¿¥úÙ½ÛÛÇ¾”“¼¥ŸQ>¦½(ë:?{B½eO¾úØŽ>Úææ>U¯$>
R
GatherGatherConstx0*
Tindices0*
Tparams0*
validate_indices(

yIdentityGather*
T0"ª