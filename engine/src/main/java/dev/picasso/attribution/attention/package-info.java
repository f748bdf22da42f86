/** Attention of transformers, followed from block to block. */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution.attention;
