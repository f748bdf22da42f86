/** Lists of class names as programs and people write them, read for all importers alike. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.labels;
