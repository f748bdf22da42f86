package dev.picasso.app.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What is left of a run that was at work when its process ended without a word.
 *
 * @param run as it may be kept: its state is "interrupted"
 * @param told what was to be told of it when it ended
 * @param finished the images that have results, by their indexes; for those with which something
 *     went wrong, what is told instead
 * @param files names of their files; what else lies in the folder is not whole
 */
public record Unfinished(
    KeptRun run,
    ObjectNode told,
    SortedMap<Integer, Optional<ObjectNode>> finished,
    Set<String> files) {}
