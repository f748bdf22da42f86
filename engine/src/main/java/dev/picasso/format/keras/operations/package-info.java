/** Functions that Keras recorded as layers: of TensorFlow, of Keras 3, and single operators. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras.operations;
