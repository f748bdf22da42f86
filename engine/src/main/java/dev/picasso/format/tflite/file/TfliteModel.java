package dev.picasso.format.tflite.file;

import java.util.List;
import java.util.Optional;

/**
 * A TensorFlow Lite file.
 *
 * @param file what messages call it
 * @param version of the schema
 * @param description what the converter says of itself
 * @param metadata what the file says of its inputs and outputs for people
 */
public record TfliteModel(
    String file,
    long version,
    String description,
    List<Subgraph> subgraphs,
    List<Signature> signatures,
    Optional<Metadata> metadata) {

  public TfliteModel {
    subgraphs = List.copyOf(subgraphs);
    signatures = List.copyOf(signatures);
  }
}
