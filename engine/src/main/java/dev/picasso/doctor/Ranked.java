package dev.picasso.doctor;

import java.util.OptionalDouble;

/**
 * A candidate with what was found of it.
 *
 * @param distance of activations from the running statistics of training, 0 for none; empty where
 *     the network has no such statistics
 * @param certainty the mean probability of the class that an image is taken for
 * @param information how much answers differ between images, from 0 to 1, at the same spread of
 *     scores
 * @param hits how often the network is right
 * @param probability that the network was trained on this input
 */
public record Ranked(
    Candidate candidate,
    OptionalDouble distance,
    double certainty,
    double information,
    Hits hits,
    double probability) {}
