package dev.picasso.model.pixels;

/**
 * Which colour a model takes first.
 *
 * @param blueFirst blue, green, red; else red, green, blue
 * @param reason why, as the end of a sentence: "as the file says"
 */
public record ChannelOrder(boolean blueFirst, String reason) {}
