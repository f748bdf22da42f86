/** From a topology to a graph: which layer reads what, and how a handler sees its layer. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras.walk;
