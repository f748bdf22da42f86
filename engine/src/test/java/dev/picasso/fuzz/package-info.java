/** Model files with mistakes in them, made by the thousand: they load, or are refused in words. */
@org.jspecify.annotations.NullMarked
package dev.picasso.fuzz;
