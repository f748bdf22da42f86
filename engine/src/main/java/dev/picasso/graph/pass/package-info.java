/** Passes: graph in, graph out. */
@org.jspecify.annotations.NullMarked
package dev.picasso.graph.pass;
