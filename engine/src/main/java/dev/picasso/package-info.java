/** Picasso shows what a trained image classifier looks at. */
@org.jspecify.annotations.NullMarked
package dev.picasso;
