/**
 * What a model tells of the pixels that it takes: which numbers stand for black and white, and
 * whether red or blue comes first.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.pixels;
