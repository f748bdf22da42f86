/** Layouts in which the runtime keeps values, as far as graphs can help them stay there. */
@org.jspecify.annotations.NullMarked
package dev.picasso.graph.layout;
