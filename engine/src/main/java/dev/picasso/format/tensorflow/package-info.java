/** TensorFlow's own files: SavedModels, checkpoints, frozen graphs, TensorFlow.js graph models. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tensorflow;
