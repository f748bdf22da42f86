
@
x0Placeholder*
dtype0* 
shape:ÿÿÿÿÿÿÿÿÿ
!
SnapshotSnapshotx0*
T0
 
yIdentitySnapshot*
T0"ª