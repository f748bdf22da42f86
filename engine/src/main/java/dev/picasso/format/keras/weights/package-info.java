/** Which stored arrays belong to which layer, for every way in which Keras has written them. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras.weights;
