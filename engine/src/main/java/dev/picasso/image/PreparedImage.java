package dev.picasso.image;

import dev.picasso.graph.Tensor;

/**
 * A picture as a model takes it.
 *
 * @param x a batch of one, in the model's layout
 * @param frame the way from the model's pixels back to the picture
 * @param pixels what the model sees, before numbers are scaled
 */
public record PreparedImage(Tensor x, Frame frame, Picture pixels) {}
