package dev.picasso.visualization;

import dev.picasso.image.PreparedImage;

/** An image to explain: its name, and itself as the model takes it. */
public record ImageInput(String name, PreparedImage prepared) {}
