package dev.picasso.image;

/**
 * A picture at the model's size.
 *
 * @param pixels what the model sees
 * @param frame the way back to the picture
 */
public record Fitted(Picture pixels, Frame frame) {}
