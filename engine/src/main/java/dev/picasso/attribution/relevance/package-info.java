/** Relevance propagation: the score, led back and shared out from layer to layer. */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution.relevance;
