/** Figures of results that lie in files, and what to say of them in a paper. */
@org.jspecify.annotations.NullMarked
package dev.picasso.run.figure;
