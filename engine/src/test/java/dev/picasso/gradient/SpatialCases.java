package dev.picasso.gradient;

import static dev.picasso.gradient.OpCase.op;

import dev.picasso.graph.Tensor;
import java.util.stream.Stream;

/** Rows for convolutions, pooling and resizing. */
final class SpatialCases {
  private SpatialCases() {}

  static Stream<OpCase> all() {
    return Stream.of(convolutions(), transposed(), pooling(), averages(), resizing())
        .flatMap(s -> s);
  }

  private static Stream<OpCase> convolutions() {
    return Stream.of(
        op("Conv").input(2, 3, 5, 6).weight(4, 3, 3, 3),
        op("Conv").input(-1, 3, 5, 6).weight(4, 3, 3, 3).weight(4).list("pads", 1, 1, 1, 1),
        op("Conv").input(2, 3, 7, 7).weight(4, 3, 3, 3).list("strides", 2, 2),
        op("Conv").input(2, 3, 8, 7).weight(4, 3, 3, 3).list("strides", 2, 3),
        op("Conv").input(2, 3, 8, 8).weight(2, 3, 1, 1).list("strides", 2, 2),
        op("Conv").input(2, 3, 5, 6).weight(2, 3, 1, 1),
        op("Conv").input(2, 2, 5, 6).weight(2, 2, 2, 3).list("pads", 1, 0, 2, 1),
        op("Conv").input(2, 2, 5, 6).weight(2, 2, 1, 2).list("pads", 2, 3, 1, 2),
        op("Conv").input(2, 2, 9, 8).weight(3, 2, 3, 2).list("dilations", 2, 3),
        op("Conv")
            .input(2, 2, 9, 8)
            .weight(3, 2, 3, 2)
            .list("dilations", 2, 3)
            .list("strides", 2, 1)
            .list("pads", 1, 2, 0, 1),
        op("Conv").input(2, 4, 5, 6).weight(6, 2, 3, 3).with("group", 2),
        op("Conv").input(2, 3, 6, 6).weight(6, 1, 3, 3).with("group", 3).list("strides", 2, 2),
        op("Conv").input(2, 3, 6, 6).weight(3, 1, 3, 3).with("group", 3).list("pads", 1, 1, 1, 1),
        op("Conv").input(2, 3, 7).weight(4, 3, 3).list("pads", 1, 0),
        op("Conv").input(2, 3, 8).weight(4, 3, 3).list("strides", 2),
        op("Conv").input(1, 2, 4, 5, 4).weight(2, 2, 2, 3, 2).list("pads", 0, 1, 0, 1, 0, 1),
        op("Conv").input(1, 2, 4, 5, 4).weight(2, 2, 2, 3, 2).list("strides", 1, 2, 2),
        op("Conv").input(2, 3, 5, 6).weight(2, 3, 2, 4).with("auto_pad", "SAME_UPPER"),
        op("Conv").input(2, 3, 5, 6).weight(2, 3, 2, 4).with("auto_pad", "SAME_LOWER"),
        op("Conv")
            .input(2, 3, 5, 6)
            .weight(2, 3, 2, 4)
            .with("auto_pad", "SAME_UPPER")
            .list("strides", 2, 3),
        op("Conv")
            .input(2, 3, 5, 6)
            .weight(2, 3, 4, 4)
            .with("auto_pad", "SAME_LOWER")
            .list("strides", 3, 2),
        op("Conv")
            .input(2, 3, 5, 6)
            .weight(2, 3, 2, 4)
            .with("auto_pad", "VALID")
            .list("strides", 2, 1));
  }

  private static Stream<OpCase> transposed() {
    return Stream.of(
        op("ConvTranspose").input(2, 3, 3, 4).weight(3, 2, 3, 3),
        op("ConvTranspose").input(-1, 3, 3, 4).weight(3, 2, 3, 3).list("strides", 2, 2),
        op("ConvTranspose")
            .input(2, 3, 3, 4)
            .weight(3, 2, 3, 3)
            .weight(2)
            .list("strides", 2, 1)
            .list("pads", 1, 0, 0, 1),
        op("ConvTranspose")
            .input(2, 3, 3, 4)
            .weight(3, 2, 3, 3)
            .list("strides", 3, 2)
            .list("output_padding", 2, 1),
        op("ConvTranspose").input(2, 4, 3, 4).weight(4, 1, 3, 3).with("group", 2),
        op("ConvTranspose")
            .input(2, 3, 3, 4)
            .weight(3, 2, 3, 3)
            .list("strides", 2, 2)
            .with("auto_pad", "SAME_UPPER"),
        op("ConvTranspose")
            .input(-1, 3, 3, 4)
            .weight(3, 2, 2, 3)
            .list("strides", 2, 2)
            .with("auto_pad", "SAME_LOWER"),
        op("ConvTranspose")
            .input(2, 3, 3, 4)
            .weight(3, 2, 3, 3)
            .list("strides", 2, 2)
            .list("output_shape", 6, 8),
        op("ConvTranspose").input(2, 3, 3, 4).weight(3, 2, 3, 2).list("dilations", 2, 3),
        op("ConvTranspose").input(2, 3, 4).weight(3, 2, 3).list("strides", 2),
        op("ConvTranspose").input(1, 2, 2, 3, 2).weight(2, 2, 2, 2, 3).list("strides", 2, 1, 2));
  }

  private static Stream<OpCase> pooling() {
    return Stream.of(
        op("MaxUnpool")
            .input(1, 2, 2, 2)
            .given(Tensor.of(new long[] {0, 3, 9, 14, 17, 18, 24, 30}, 1, 2, 2, 2))
            .list("kernel_shape", 2, 2)
            .list("strides", 2, 2)
            .single(),
        op("MaxPool").input(2, 2, 4, 6).list("kernel_shape", 2, 3).list("strides", 2, 3).outputs(2),
        op("MaxPool").input(2, 2, 5, 5).list("kernel_shape", 3, 3).outputs(2),
        pool("MaxPool", 2, 2).input(2, 3, 6, 4).list("strides", 2, 2),
        pool("MaxPool", 2, 2).input(-1, 3, 7, 5).list("strides", 2, 2),
        pool("MaxPool", 3, 3).input(-1, 2, 7, 7).list("strides", 2, 2),
        pool("MaxPool", 3, 3).input(2, 2, 7, 8).list("strides", 2, 2).list("pads", 1, 1, 1, 1),
        pool("MaxPool", 3, 2).input(2, 2, 7, 8).list("strides", 2, 3).list("pads", 1, 0, 0, 1),
        pool("MaxPool", 2, 3).input(2, 2, 5, 6),
        pool("MaxPool", 3, 3).input(2, 2, 5, 6).list("pads", 1, 1, 1, 1),
        pool("MaxPool", 1, 1).input(2, 2, 5, 6).list("strides", 2, 2),
        pool("MaxPool", 2, 2).input(2, 2, 5, 7).list("strides", 2, 2).with("ceil_mode", 1),
        pool("MaxPool", 3, 3)
            .input(2, 2, 6, 7)
            .list("strides", 2, 2)
            .list("pads", 1, 1, 1, 1)
            .with("ceil_mode", 1),
        pool("MaxPool", 2, 2).input(2, 2, 7, 8).list("dilations", 2, 3),
        pool("MaxPool", 2, 2).input(2, 2, 5, 4).with("storage_order", 1),
        pool("MaxPool", 2, 3)
            .input(2, 2, 5, 7)
            .with("auto_pad", "SAME_UPPER")
            .list("strides", 2, 2),
        pool("MaxPool", 2, 3)
            .input(2, 2, 5, 7)
            .with("auto_pad", "SAME_LOWER")
            .list("strides", 2, 2),
        pool("MaxPool", 3).input(2, 2, 7).list("strides", 2),
        pool("MaxPool", 2, 2, 2).input(1, 2, 4, 4, 5).list("strides", 2, 2, 2),
        pool("MaxPool", 2, 2).input(2, 2, 4, 4).list("strides", 2, 2).outputs(2),
        op("GlobalMaxPool").input(-1, 3, 4, 5),
        op("GlobalMaxPool").input(2, 3, 5),
        op("GlobalAveragePool").input(-1, 3, 4, 5),
        op("GlobalAveragePool").input(2, 3, 2, 3, 2),
        op("GlobalAveragePool").input(-1, 16, 4, 5).single(),
        op("GlobalLpPool").input(2, 3, 4, 5),
        op("GlobalLpPool").input(2, 3, 4, 5).with("p", 3),
        pool("LpPool", 2, 2).input(2, 2, 4, 6).list("strides", 2, 2),
        pool("LpPool", 3, 2)
            .input(-1, 2, 6, 6)
            .list("strides", 2, 1)
            .list("pads", 1, 0, 1, 1)
            .with("p", 3),
        pool("LpPool", 3, 3).input(2, 2, 5, 6).with("p", 1));
  }

  private static Stream<OpCase> averages() {
    return Stream.of(
        pool("AveragePool", 2, 2).input(2, 3, 6, 4).list("strides", 2, 2),
        pool("AveragePool", 2, 2).input(-1, 3, 7, 5).list("strides", 2, 2),
        pool("AveragePool", 3, 3).input(-1, 2, 7, 7).list("strides", 2, 2),
        pool("AveragePool", 2, 3).input(2, 2, 5, 6),
        pool("AveragePool", 3, 3).input(2, 2, 5, 6).list("pads", 1, 1, 1, 1),
        pool("AveragePool", 3, 3)
            .input(2, 2, 5, 6)
            .list("pads", 1, 1, 1, 1)
            .with("count_include_pad", 1),
        pool("AveragePool", 3, 2)
            .input(2, 2, 7, 8)
            .list("strides", 2, 3)
            .list("pads", 1, 0, 0, 1)
            .with("count_include_pad", 1),
        pool("AveragePool", 3, 2).input(2, 2, 7, 8).list("strides", 2, 3).list("pads", 1, 0, 0, 1),
        pool("AveragePool", 2, 2).input(2, 2, 5, 7).list("strides", 2, 2).with("ceil_mode", 1),
        pool("AveragePool", 2, 2).input(2, 2, 5, 6).list("strides", 2, 4).with("ceil_mode", 1),
        pool("AveragePool", 3, 3)
            .input(2, 2, 6, 7)
            .list("strides", 2, 2)
            .list("pads", 1, 1, 1, 1)
            .with("ceil_mode", 1),
        pool("AveragePool", 3, 3)
            .input(2, 2, 6, 7)
            .list("strides", 2, 2)
            .list("pads", 1, 1, 1, 1)
            .with("ceil_mode", 1)
            .with("count_include_pad", 1),
        pool("AveragePool", 2, 2).input(2, 2, 7, 8).list("dilations", 2, 3),
        pool("AveragePool", 2, 3)
            .input(2, 2, 5, 7)
            .with("auto_pad", "SAME_UPPER")
            .list("strides", 2, 2),
        pool("AveragePool", 2, 3)
            .input(2, 2, 5, 7)
            .with("auto_pad", "SAME_LOWER")
            .list("strides", 2, 2),
        pool("AveragePool", 3).input(2, 2, 7).list("strides", 2).list("pads", 1, 1),
        pool("AveragePool", 2, 2, 2).input(1, 2, 4, 4, 5).list("strides", 2, 2, 2),
        pool("AveragePool", 3, 2, 2).input(1, 2, 4, 4, 5).list("strides", 1, 2, 1));
  }

  private static OpCase pool(String op, long... kernel) {
    return op(op).list("kernel_shape", kernel);
  }

  private static Stream<OpCase> resizing() {
    Stream<OpCase> kinds =
        Stream.of("nearest", "linear", "cubic")
            .flatMap(
                mode ->
                    Stream.of(
                            "half_pixel",
                            "pytorch_half_pixel",
                            "half_pixel_symmetric",
                            "align_corners",
                            "asymmetric")
                        .flatMap(
                            coordinates ->
                                Stream.of(
                                    resize(mode, coordinates, 2, 1.6f),
                                    resize(mode, coordinates, .6f, 2.5f))));
    Stream<OpCase> rounding =
        Stream.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")
            .flatMap(
                nearest ->
                    Stream.of(
                        resize("nearest", "asymmetric", 2, 3).with("nearest_mode", nearest),
                        resize("nearest", "half_pixel", 1.5f, .7f).with("nearest_mode", nearest)));
    Stream<OpCase> others =
        Stream.of(
            resize("nearest", "asymmetric", 2, 2).with("nearest_mode", "floor"),
            resize("linear", "half_pixel", .5f, .6f).with("antialias", 1),
            resize("cubic", "half_pixel", .5f, .6f).with("antialias", 1),
            resize("cubic", "half_pixel", 2, 2)
                .with("exclude_outside", 1)
                .with("cubic_coeff_a", -.5),
            op("Resize").input(2, 2, 3, 4).none().none().longs(2, 2, 7, 8).with("mode", "linear"),
            op("Resize").input(-1, 2, 3, 4).none().none().longs(7, 8).list("axes", 2, 3),
            op("Resize").input(-1, 2, 3, 4).none().floats(1, 1, 2, 3).with("mode", "linear"),
            op("Resize")
                .input(2, 2, 3, 4)
                .none()
                .floats(2, 1.5f)
                .with("mode", "linear")
                .list("axes", 3, 2),
            op("Resize").input(2, 2, 5).none().floats(1, 1, 2).with("mode", "nearest"),
            op("Resize").input(2, 2, 5).none().floats(1, 1, 1.7f).with("mode", "linear"),
            op("Resize").input(1, 2, 2, 3, 2).none().floats(1, 1, 2, 1, 2).with("mode", "nearest"),
            op("Resize").input(1, 1, 2, 3, 2).none().floats(1, 1, 2, 2, 2).with("mode", "linear"),
            op("Resize")
                .input(1, 2, 4, 6)
                .none()
                .none()
                .longs(3, 3)
                .with("mode", "linear")
                .with("keep_aspect_ratio_policy", "not_larger")
                .list("axes", 2, 3));
    return Stream.of(kinds, rounding, others).flatMap(s -> s);
  }

  private static OpCase resize(String mode, String coordinates, float high, float wide) {
    return op("Resize")
        .input(1, 2, 5, 4)
        .none()
        .floats(1, 1, high, wide)
        .with("mode", mode)
        .with("coordinate_transformation_mode", coordinates);
  }
}
