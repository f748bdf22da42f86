/** Models: a graph with its input, its scores and its labels, and how they are loaded. */
@org.jspecify.annotations.NullMarked
package dev.picasso.model;
