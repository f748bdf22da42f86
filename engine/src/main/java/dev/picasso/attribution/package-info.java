/**
 * Attribution methods: one class each, over an explainer that runs a model and its derived graphs.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution;
