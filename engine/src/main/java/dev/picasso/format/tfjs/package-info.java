/** What TensorFlow.js models of every kind have in common: their JSON, and weights in shards. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tfjs;
