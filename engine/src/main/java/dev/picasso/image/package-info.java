/**
 * Pictures in and out: what a model sees of a picture, and the way back from the model's pixels to
 * the picture. {@link dev.picasso.image.decode} reads image files, {@link dev.picasso.image.draw}
 * draws heat maps. Nothing here knows of models.
 *
 * <p>Samples are floats from 0 to 255 in sRGB, red, green, blue. Coordinates run right and down;
 * pixel i covers the stretch from i to i + 1, so that its centre lies at i + ½.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.image;
