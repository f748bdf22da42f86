/** The shapes of the values that operators make, known while a graph is being built. */
@org.jspecify.annotations.NullMarked
package dev.picasso.graph.shape;
