/**
 * Image files to pixels. Files come from strangers: their size, kind and dimensions are checked
 * before memory is taken for pixels, and everything stays in memory.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.image.decode;
