package dev.picasso.format.tflite.file;

import java.util.List;
import java.util.Optional;

/** Reads the FlatBuffer within the FlatBuffer that tells people about a model. */
final class MetadataReader {
  private MetadataReader() {}

  static Metadata read(FlatBytes bytes) {
    FlatTable model = FlatTable.root(bytes);
    Optional<FlatTable> graph = model.tables(Schema.ModelMetadata.SUBGRAPHS).stream().findFirst();
    return new Metadata(
        model.text(Schema.ModelMetadata.NAME).orElse(""),
        described(graph, Schema.SubGraphMetadata.INPUTS),
        described(graph, Schema.SubGraphMetadata.OUTPUTS));
  }

  private static List<Metadata.Described> described(Optional<FlatTable> graph, int field) {
    return graph.stream()
        .flatMap(g -> g.tables(field).stream())
        .map(MetadataReader::described)
        .toList();
  }

  private static Metadata.Described described(FlatTable tensor) {
    Optional<FlatTable> normalization =
        tensor.tables(Schema.TensorMetadata.PROCESS_UNITS).stream()
            .filter(u -> u.int8(Schema.ProcessUnit.KIND, 0) == Schema.ProcessUnit.NORMALIZATION)
            .flatMap(u -> u.table(Schema.ProcessUnit.OPTIONS).stream())
            .findFirst();
    Optional<String> labels =
        tensor.tables(Schema.TensorMetadata.FILES).stream()
            .filter(f -> f.int8(Schema.AssociatedFile.KIND, 0) == Schema.AssociatedFile.LABELS)
            .flatMap(f -> f.text(Schema.AssociatedFile.NAME).stream())
            .findFirst();
    return new Metadata.Described(
        normalization.map(n -> n.floats(Schema.Normalization.MEAN)).orElse(List.of()),
        normalization.map(n -> n.floats(Schema.Normalization.DEVIATION)).orElse(List.of()),
        labels.orElse(""));
  }
}
