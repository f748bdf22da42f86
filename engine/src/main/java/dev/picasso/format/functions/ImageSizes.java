package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Resampling;
import dev.picasso.format.layout.Resizing;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Functions that bring images to another size. */
final class ImageSizes {
  /** The largest side that an image can be brought to. */
  private static final long MOST = 1 << 14;

  /** Numbers that old versions of TensorFlow have in place of words. */
  private static final List<String> METHODS = List.of("bilinear", "nearest", "bicubic", "area");

  /** What other operators call the same filters. */
  private static final Map<String, String> KERNELS = Map.of("triangle", "bilinear");

  private ImageSizes() {}

  static void addTo(FunctionTable table) {
    table.put(
        ImageSizes::resize,
        "tf.image.resize(images, size, method, preserve_aspect_ratio, antialias)");
    table.put(ImageSizes::resizeOfKeras, "ops.Resize(images)");
    table.put(
        (g, call) ->
            legacyResize(g, call, call.plain("method").map(ImageSizes::method).orElse("bilinear")),
        "tf.compat.v1.image.resize(images, size, method, align_corners, preserve_aspect_ratio)",
        "tf.compat.v1.image.resize_images(images, size, method, align_corners, preserve_aspect_ratio)");
    table.put(
        (g, call) -> legacyResize(g, call, "bilinear"),
        "tf.compat.v1.image.resize_bilinear(images, size, align_corners, name, half_pixel_centers)",
        "raw.ResizeBilinear(images, size)");
    table.put(
        (g, call) -> legacyResize(g, call, "nearest"),
        "tf.compat.v1.image.resize_nearest_neighbor(images, size, align_corners, name, half_pixel_centers)",
        "raw.ResizeNearestNeighbor(images, size)");
    table.put((g, call) -> legacyResize(g, call, "bicubic"), "raw.ResizeBicubic(images, size)");
    table.put((g, call) -> legacyResize(g, call, "area"), "raw.ResizeArea(images, size)");
    table.put(ImageSizes::scaled, "raw.ScaleAndTranslate(images, size, scale, translation)");
  }

  private static long[] size(Call call) {
    long[] size = call.integers("size").orElse(new long[0]);
    if (size.length != 2 || Math.min(size[0], size[1]) < 1 || Math.max(size[0], size[1]) > MOST) {
      throw new Unsupported(
          "size is " + Arrays.toString(size) + "; it must be two sides of at most " + MOST + ".");
    }
    return size;
  }

  private static LaidOut resize(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    if (call.flag(false, "preserve_aspect_ratio")) {
      throw new Unsupported("preserve_aspect_ratio is not supported.");
    }
    String kind = call.text("bilinear", "method").toLowerCase(Locale.ROOT);
    boolean antialias =
        call.flag(false, "antialias") && !kind.equals("nearest") && !kind.equals("area");
    return Windows.close(call, Resampling.resize(g, x, size(call), kind, antialias));
  }

  private static LaidOut resizeOfKeras(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    String kind = call.text("bilinear", "interpolation").toLowerCase(Locale.ROOT);
    if (!call.text("constant", "fill_mode").equals("constant")) {
      throw new Unsupported("the fill_mode " + call.text("", "fill_mode") + " is not supported.");
    }
    Value y =
        Resizing.resized(
            g,
            x,
            new Resizing.Target(
                size(call),
                kind,
                call.flag(false, "antialias"),
                call.flag(false, "crop_to_aspect_ratio"),
                call.flag(false, "pad_to_aspect_ratio"),
                call.number(0, "fill_value")));
    return Windows.close(call, y);
  }

  private static String method(JsonNode node) {
    int i = node.isIntegralNumber() ? node.asInt(-1) : -1;
    if (!node.isTextual() && (i < 0 || i >= METHODS.size())) {
      throw new Unsupported("method is " + Literals.shortened(node) + ", which is none.");
    }
    return node.isTextual() ? node.textValue() : METHODS.get(i);
  }

  /** As TensorFlow 1 had it: corners on corners, or the first pixels on one another. */
  private static LaidOut legacyResize(GraphBuilder g, Call call, String method) {
    Value x = Windows.open(g, call, 4);
    call.ignore("method");
    boolean corners = call.flag(false, "align_corners");
    boolean centres = call.flag(false, "half_pixel_centers");
    long[] size = size(call);
    boolean legacy = !centres && Set.of("bilinear", "nearest", "bicubic").contains(method);
    boolean cornersOfNone = corners && !legacy;
    if (call.flag(false, "preserve_aspect_ratio")
        || cornersOfNone
        || !(legacy || centres || method.equals("area"))) {
      throw new Unsupported("the interpolation " + method + " of TensorFlow 1 is not supported.");
    }
    return Windows.close(
        call,
        legacy
            ? Resampling.resizeAsOfOld(g, x, size, method, corners)
            : Resampling.resize(g, x, size, method, false));
  }

  /** As TensorFlow 2 resizes with the filters that it has besides; images are not moved here. */
  private static LaidOut scaled(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long[] size = size(call);
    String kernel = call.text("lanczos3", "kernel_type");
    String kind = KERNELS.getOrDefault(kernel, kernel);
    if (call.argument("scale").filter(Argument.Tensor.class::isInstance).isPresent()) {
      call.site().note("The model computes a scale that is taken to be that of the sizes.");
    } else {
      float[] scale = floats(call, "scale");
      for (int i = 0; i < 2; i++) {
        double told = (double) size[i] / (double) x.dim(i + 2);
        if (scale.length != 2 || Math.abs(scale[i] - told) > 1e-5 * told) {
          throw new Unsupported("its scale is not that of the sizes.");
        }
      }
    }
    for (float moved : floats(call, "translation")) {
      if (moved != 0) {
        throw new Unsupported("it moves the image.");
      }
    }
    return Windows.close(call, Resampling.resize(g, x, size, kind, call.flag(true, "antialias")));
  }

  private static float[] floats(Call call, String name) {
    return call.operand(name)
        .filter(Operand.Literal.class::isInstance)
        .map(o -> ((Operand.Literal) o).tensor().as(DataType.FLOAT).floats())
        .orElseThrow(() -> new Unsupported("its " + name + " is computed by the model."));
  }
}
