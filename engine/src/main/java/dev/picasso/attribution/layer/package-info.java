/** What layers hold, and what drives them. */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution.layer;
