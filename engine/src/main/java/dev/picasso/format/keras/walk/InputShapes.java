package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shapes of a model's inputs: from the file, from the person, or assumed. */
final class InputShapes {
  /** The side of images for models that take any; what most ImageNet models were trained with. */
  private static final long USUAL_SIDE = 224;

  private final ImportContext context;

  InputShapes(ImportContext context) {
    this.context = context;
  }

  /** The lengths that a layer's arguments tell of its input, batch first, null where open. */
  static Optional<JsonNode> told(LayerConfig layer) {
    for (String key : List.of("batch_input_shape", "batch_shape")) {
      if (layer.config().path(key).isArray()) {
        return Optional.of(layer.config().path(key));
      }
    }
    var config = layer.config();
    var batch = config.arrayNode().addNull();
    for (String key : List.of("input_shape", "shape")) {
      if (config.path(key).isArray()) {
        return Optional.of(batch.addAll(toList(config.path(key))));
      }
    }
    if (config.path("input_dim").isInt() && !layer.kind().equals("Embedding")) {
      return Optional.of(batch.add(config.path("input_dim")));
    }
    if (layer.kind().equals("Embedding") && config.path("input_length").isInt()) {
      return Optional.of(batch.add(config.path("input_length")));
    }
    return Optional.empty();
  }

  /** What a layer was built for: said by newer files, and not always true to the input's name. */
  static Optional<JsonNode> built(LayerConfig layer) {
    for (JsonNode node :
        List.of(
            layer.config().path("build_input_shape"),
            layer.node().path("build_config").path("input_shape"))) {
      if (node.isArray() && !node.isEmpty() && !node.get(0).isArray()) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private static List<JsonNode> toList(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  /**
   * The shape of a graph input.
   *
   * @param told as in the file; empty if it says nothing
   */
  Shape of(String input, Optional<JsonNode> told, boolean only) {
    var wanted = context.options().inputShapes();
    Optional<Shape> given =
        Optional.ofNullable(wanted.get(input))
            .or(() -> only ? Optional.ofNullable(wanted.get("")) : Optional.empty());
    if (told.isEmpty()) {
      return given
          .map(s -> s.with(0, Shape.BATCH))
          .orElseThrow(
              () ->
                  new Unsupported(
                      "the file does not tell the shape of the input "
                          + input
                          + "; state it, batch first, as in -1, 224, 224, 3."));
    }
    long[] dims = new long[told.get().size()];
    for (int i = 0; i < dims.length; i++) {
      JsonNode dim = told.get().get(i);
      dims[i] = dim.isNumber() && dim.longValue() > 0 ? dim.longValue() : -1;
      if (dim.isNumber() && dim.longValue() > 1 << 24) {
        throw new Unsupported("the input " + input + " has the shape " + told.get() + ".");
      }
    }
    if (dims.length == 0) {
      throw new Unsupported("the input " + input + " has no batch axis.");
    }
    return complete(input, dims, given);
  }

  private Shape complete(String input, long[] dims, Optional<Shape> given) {
    if (given.isPresent()) {
      if (given.get().rank() != dims.length) {
        throw new Unsupported(
            "the input " + input + " has " + dims.length + " axes, not those of " + given.get());
      }
      for (int i = 1; i < dims.length; i++) {
        dims[i] = dims[i] > 0 ? dims[i] : given.get().dim(i);
      }
    }
    int open = 0;
    for (int i = 1; i < dims.length; i++) {
      open += dims[i] > 0 ? 0 : 1;
    }
    boolean image = dims.length == 4 && open <= 2 && (dims[3] > 0 || dims[1] > 0);
    if (open > 0 && !image) {
      throw new Unsupported(
          "the file leaves the size of the input "
              + input
              + " open; state its shape, batch first, as in -1, 224, 224, 3.");
    }
    if (open > 0) {
      for (int i = 1; i < dims.length; i++) {
        dims[i] = dims[i] > 0 ? dims[i] : USUAL_SIDE;
      }
      context.note(
          "The file leaves the image size of the input "
              + input
              + " open; "
              + USUAL_SIDE
              + " × "
              + USUAL_SIDE
              + " pixels were assumed.");
    }
    dims[0] = Shape.BATCH;
    return Shape.of(dims);
  }
}
