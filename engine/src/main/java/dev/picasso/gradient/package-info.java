/**
 * Reverse-mode differentiation of graphs: a table with one rule per operator, sets of such rules
 * with overrides, and the walk that applies them.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.gradient;
