/** Functions that Keras recorded as layers, and where their arguments stand in a file. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras.recorded;
