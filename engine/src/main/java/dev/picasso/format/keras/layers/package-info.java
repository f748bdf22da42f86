/** One handler per layer, one class per family of layers. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras.layers;
