package dev.picasso.format.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * An open model file. Its arrays can be read until it is closed.
 *
 * @param name what messages call it
 * @param format the format in words, as in "Keras 2 (HDF5)"
 * @param topology the node that has {@code class_name} and {@code config}
 * @param version of the Keras that wrote it, where it says so
 * @param backend that Keras ran on, where it says so
 * @param weights the stored arrays
 * @param labels class names that lie with the model; empty when none do
 * @param notes what was assumed when the file was put together
 * @param resources to close
 */
public record KerasFile(
    String name,
    String format,
    JsonNode topology,
    Optional<String> version,
    Optional<String> backend,
    StoredWeights weights,
    List<String> labels,
    List<String> notes,
    List<AutoCloseable> resources)
    implements AutoCloseable {

  public KerasFile {
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
    resources = List.copyOf(resources);
  }

  /** The first number of the version; where the file does not tell, what its words are those of. */
  public int majorVersion() {
    return version
        .filter(v -> !v.isEmpty() && Character.isDigit(v.charAt(0)))
        .map(v -> v.charAt(0) - '0')
        .orElse(topology.findValue("batch_shape") == null ? 2 : 3);
  }

  @Override
  public void close() {
    Resources.closeAll(resources);
  }
}
