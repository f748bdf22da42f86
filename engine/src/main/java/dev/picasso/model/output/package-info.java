/** What the numbers that a graph gives out mean, told by its operators and by trying it. */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.output;
