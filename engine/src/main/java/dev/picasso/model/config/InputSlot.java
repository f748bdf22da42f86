package dev.picasso.model.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One of several inputs of a model.
 *
 * @param name as the file has it
 * @param shape in words
 * @param takesImages whether it takes pictures; else arrays alone
 * @param explained whether it is the one that images go into
 * @param holds what it holds, if anything
 * @param hasPicture whether there is a picture that a map of it lies over: images go into it, or it
 *     holds one
 */
public record InputSlot(
    String name,
    String shape,
    boolean takesImages,
    boolean explained,
    Optional<Path> holds,
    boolean hasPicture) {}
