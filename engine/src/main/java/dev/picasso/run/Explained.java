package dev.picasso.run;

import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import java.util.Optional;

/**
 * An image with its results, in memory for as long as a {@link Sink} takes them.
 *
 * @param index among the images of the run
 * @param image as it was explained
 * @param sha256 of the bytes that were decoded; empty where there were none
 * @param result without a problem
 */
public record Explained(int index, ImageInput image, Optional<String> sha256, ImageResult result) {}
