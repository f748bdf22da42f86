package dev.picasso.attribution.perturbation;

/**
 * What the regions of a picture count for one row.
 *
 * @param values one for each region
 * @param errors the standard error of each
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Fit(double[] values, double[] errors) {}
