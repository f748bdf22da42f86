/**
 * Which part of each value changes when a part of the input does, and programs that compute only
 * that part, for many places at once. The rest is read from a run on the unchanged input. Nothing
 * is approximated: results differ from a whole run by rounding alone.
 *
 * <p>Read {@link dev.picasso.region.Influence} first (arithmetic along one axis), then {@link
 * dev.picasso.region.Spreading} (one rule for each kind of operator), {@link
 * dev.picasso.region.RegionPlan} (what pays), {@link dev.picasso.region.RegionGraph} (the program)
 * and {@link dev.picasso.region.Places} (what it is fed with for some places).
 *
 * <p>Nakandala, Kumar and Papakonstantinou 2019, Incremental and Approximate Inference for Faster
 * Occlusion-based Deep CNN Explanations (Krypton), SIGMOD, has the idea; windows of mixed sizes in
 * one program, and operators beyond convolution and pooling, are ours.
 */
package dev.picasso.region;
