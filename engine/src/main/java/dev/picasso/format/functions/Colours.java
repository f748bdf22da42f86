package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.stream.LongStream;

/** Colours as hue, saturation and value (the largest of the three), each from 0 to 1. */
final class Colours {
  private Colours() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) -> joined(g, call, hsv(g, parts(g, call))),
        "raw.RGBToHSV(images)",
        "tf.rgb_to_hsv(images)");
    table.put(
        (g, call) -> joined(g, call, rgb(g, parts(g, call))),
        "raw.HSVToRGB(images)",
        "tf.hsv_to_rgb(images)");
    table.put(
        (g, call) -> {
          List<Value> hsv = hsv(g, parts(g, call));
          Value hue = g.add(hsv.get(0), call.number(0, "delta"));
          Value turned = g.sub(hue, g.op("Floor", hue));
          return joined(g, call, rgb(g, List.of(turned, hsv.get(1), hsv.get(2))));
        },
        "raw.AdjustHue(images, delta)",
        "tf.adjust_hue(image, delta)");
    table.put(
        (g, call) -> {
          List<Value> hsv = hsv(g, parts(g, call));
          double factor = call.number(1, "scale", "saturation_factor");
          Value saturation = g.clip(g.mul(hsv.get(1), factor), 0, 1);
          return joined(g, call, rgb(g, List.of(hsv.get(0), saturation, hsv.get(2))));
        },
        "raw.AdjustSaturation(images, scale)",
        "tf.adjust_saturation(image, saturation_factor)");
  }

  /** The three numbers of each pixel, apart. */
  private static List<Value> parts(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    if (x.dim(1) != 3) {
      throw new Unsupported("its input has " + x.dim(1) + " channels; it must have three.");
    }
    return LongStream.range(0, 3).mapToObj(i -> g.slice(x, 1, i, i + 1)).toList();
  }

  private static LaidOut joined(GraphBuilder g, Call call, List<Value> parts) {
    return Windows.close(call, g.concat(1, parts));
  }

  private static List<Value> hsv(GraphBuilder g, List<Value> rgb) {
    Value red = rgb.get(0);
    Value green = rgb.get(1);
    Value blue = rgb.get(2);
    Value value = g.max(red, g.max(green, blue));
    Value range = g.sub(value, g.min(red, g.min(green, blue)));
    Value zero = g.scalarLike(value, 0);
    Value one = g.scalarLike(value, 1);
    Value grey = g.op("LessOrEqual", range, zero);
    Value dark = g.op("LessOrEqual", value, zero);
    Value saturation = g.where(dark, zero, g.div(range, g.where(dark, one, value)));
    Value sixth = g.mul(g.where(grey, one, range), 6);
    Value byRed = g.div(g.sub(green, blue), sixth);
    Value byGreen = g.add(g.div(g.sub(blue, red), sixth), 1.0 / 3);
    Value byBlue = g.add(g.div(g.sub(red, green), sixth), 2.0 / 3);
    Value hue =
        g.where(g.equal(red, value), byRed, g.where(g.equal(green, value), byGreen, byBlue));
    Value positive = g.where(g.less(hue, zero), g.add(hue, 1), hue);
    return List.of(g.where(grey, zero, positive), saturation, value);
  }

  private static List<Value> rgb(GraphBuilder g, List<Value> hsv) {
    Value hue = g.mul(hsv.get(0), 6);
    Value red = g.clip(g.add(g.abs(g.add(hue, -3)), -1), 0, 1);
    Value green = g.clip(g.add(g.neg(g.abs(g.add(hue, -2))), 2), 0, 1);
    Value blue = g.clip(g.add(g.neg(g.abs(g.add(hue, -4))), 2), 0, 1);
    Value saturation = hsv.get(1);
    return List.of(red, green, blue).stream()
        .map(c -> g.mul(g.add(g.mul(g.add(c, -1), saturation), 1), hsv.get(2)))
        .toList();
  }
}
