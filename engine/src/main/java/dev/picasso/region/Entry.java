package dev.picasso.region;

/**
 * The value of a graph that is changed at some places.
 *
 * @param value its name
 * @param axes how its map lies
 */
public record Entry(String value, Axes axes) {}
