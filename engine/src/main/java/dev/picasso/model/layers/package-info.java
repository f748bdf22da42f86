/**
 * The layers of a model as its file names them: where their outputs are in the graph that runs, how
 * the positions of the image lie in these, and which layer explanations look at unless told.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.layers;
