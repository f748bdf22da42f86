package dev.picasso.format.tflite.operators;

import dev.picasso.format.tflite.file.OperatorOptions;
import java.util.Map;

/** The sizes of images, and blocks of pixels as channels. */
final class Images {
  private static final int BILINEAR_OPTIONS = 15;
  private static final int NEAREST_OPTIONS = 74;
  private static final int SPACE_TO_DEPTH_OPTIONS = 19;
  private static final int DEPTH_TO_SPACE_OPTIONS = 94;

  private Images() {}

  static void addTo(OperatorTable table) {
    // Two fields of old, the size, stand before those of the bilinear one.
    resize(table, "RESIZE_BILINEAR", "raw.ResizeBilinear", BILINEAR_OPTIONS, 2);
    resize(table, "RESIZE_NEAREST_NEIGHBOR", "raw.ResizeNearestNeighbor", NEAREST_OPTIONS, 0);
    blocks(table, "SPACE_TO_DEPTH", "raw.SpaceToDepth", SPACE_TO_DEPTH_OPTIONS);
    blocks(table, "DEPTH_TO_SPACE", "raw.DepthToSpace", DEPTH_TO_SPACE_OPTIONS);
  }

  private static void resize(
      OperatorTable table, String kind, String function, int optionsTable, int firstField) {
    table.put(
        kind,
        (g, op) -> {
          OperatorOptions options = op.options(optionsTable);
          return op.one(
              g,
              function,
              op.arguments(),
              Map.of(
                  "align_corners", Operation.json(options.flag(firstField)),
                  "half_pixel_centers", Operation.json(options.flag(firstField + 1))));
        });
  }

  private static void blocks(OperatorTable table, String kind, String function, int options) {
    table.put(
        kind,
        (g, op) ->
            op.one(
                g,
                function,
                op.arguments(),
                Map.of("block_size", Operation.json(op.options(options).int32(0, 0)))));
  }
}
