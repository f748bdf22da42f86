/** Class activation maps: the channels of a layer, each with a weight, summed. */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution.cam;
