/**
 * The layers of a model as a drawing that people can read: what follows what, simple steps stacked
 * on the layer before them, blocks with branches, and blocks that repeat. Places are in units of
 * about a pixel; nothing here knows of pages.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.drawing;
