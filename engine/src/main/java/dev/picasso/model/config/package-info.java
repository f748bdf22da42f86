/** {@code picasso.yaml}: which models there are, and what their files do not tell. */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.config;
