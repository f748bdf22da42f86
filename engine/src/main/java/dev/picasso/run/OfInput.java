package dev.picasso.run;

import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import java.util.Optional;

/**
 * What came of another input of the model, beside an image that went into the first.
 *
 * @param input its name
 * @param image the picture that it holds, as it was explained; empty where it could not be read
 * @param result of that, with a problem where there is no more to say
 */
public record OfInput(String input, Optional<ImageInput> image, ImageResult result) {}
