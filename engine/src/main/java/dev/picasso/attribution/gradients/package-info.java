/** Methods from gradients: of the score by the pixels, and sums of them along paths. */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution.gradients;
