/** Files that hold no graph that Picasso reads, recognised so that the answer is what to do. */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.foreign;
