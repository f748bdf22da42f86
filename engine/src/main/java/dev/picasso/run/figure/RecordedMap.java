package dev.picasso.run.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.picasso.PicassoException;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.Region;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.image.draw.Blending;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Drawing;
import dev.picasso.image.draw.Scale;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import dev.picasso.visualization.SideBySide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A map or a picture among the parts of an image's results, as its JSON tells of it. What JSON says
 * is not trusted: names of files are those that results have, numbers are checked.
 *
 * @param folder of the files
 * @param image JSON of the image, or of another input's picture beside it
 * @param part JSON of the part
 * @param settings of the run, by name
 * @param ofSeveral whether there are maps of other inputs of the model too
 */
record RecordedMap(
    Path folder, JsonNode image, JsonNode part, Map<String, String> settings, boolean ofSeveral) {
  private static final Pattern PERCENTILE = Pattern.compile("([0-9.]{1,8})");
  private static final Pattern LAYER = Pattern.compile(", layer ([^,;]+)");
  private static final double ALL = 100;

  /** Whether a part is one that a figure can show. */
  static boolean isShown(JsonNode part) {
    return List.of("map", "picture").contains(part.path("kind").asText());
  }

  String label() {
    return part.path("label").asText();
  }

  /** What heads its column: also the input that it is of, where several are explained. */
  String heading() {
    return ofSeveral
        ? label() + SideBySide.BETWEEN + image.path(ResultJson.INPUT).asText()
        : label();
  }

  String meaning() {
    return part.path("meaning").asText();
  }

  /** What its numbers are, without the layer, the class, and how well they are known. */
  String what() {
    String first = LAYER.matcher(meaning().split("; ", 2)[0]).replaceFirst("");
    for (String one : classes()) {
      String of = ", for " + one;
      first = first.endsWith(of) ? first.substring(0, first.length() - of.length()) : first;
    }
    return first;
  }

  /** The layer that it is of. */
  Optional<String> layer() {
    Matcher layer = LAYER.matcher(meaning());
    return layer.find() ? Optional.of(layer.group(1)) : Optional.empty();
  }

  /** How its numbers came about, and how well they are known; may be empty. */
  String diagnostics() {
    String[] parts = meaning().split("; ", 2);
    return parts.length == 2 ? parts[1] : "";
  }

  /** The classes that are explained of its image. */
  List<String> classes() {
    List<String> labels = new ArrayList<>();
    image.path("predictions").forEach(p -> labels.add(p.path("label").asText()));
    return labels;
  }

  /** The classes that its model gives just that number. */
  List<String> classesOf(double number) {
    List<String> labels = new ArrayList<>();
    image
        .path("predictions")
        .forEach(
            p -> {
              if (p.path("probability").asDouble(Double.NaN) == number) {
                labels.add(p.path("label").asText());
              }
            });
    return labels;
  }

  String clipping() {
    return part.path("clipping").asText();
  }

  /** The class's probability, or its value where there are no probabilities. */
  Optional<Double> number() {
    return Optional.of(part.path("number")).filter(JsonNode::isNumber).map(JsonNode::asDouble);
  }

  /** What the number is where it is neither, as in "difference of the logits". */
  Optional<String> numberOf() {
    return Optional.of(part.path("numberOf").asText()).filter(what -> !what.isEmpty());
  }

  /** The model that it is of, where several are shown. */
  Optional<String> model() {
    return Optional.of(part.path("modelTitle").asText()).filter(title -> !title.isEmpty());
  }

  /** What the model that it is of predicts, where several are shown. */
  Optional<String> answer() {
    JsonNode number = part.path("predictedNumber");
    return part.has("predicted")
        ? Optional.of(
            "predicts "
                + part.path("predicted").asText()
                + (number.isNumber() ? String.format(Locale.ROOT, " %.3f", number.asDouble()) : ""))
        : Optional.empty();
  }

  /** The class that its model finds most probable, where several models are shown. */
  Optional<String> predicted() {
    return part.has("predicted") ? Optional.of(part.path("predicted").asText()) : Optional.empty();
  }

  /** What its label says before the model that it is of. */
  String labelOfMap() {
    return label().split(SideBySide.BETWEEN, 2)[0];
  }

  /** The class that its label ends with, of those that are explained of the image. */
  Optional<String> classAmong(List<String> classes) {
    String what = labelOfMap();
    return classes.stream()
        .filter(one -> what.equals(one) || what.endsWith(", " + one))
        .max(Comparator.comparingInt(String::length));
  }

  /** How its numbers were given colours; empty for a picture. */
  Optional<Scale> scale() {
    double low = part.path("low").asDouble(Double.NaN);
    double high = part.path("high").asDouble(Double.NaN);
    Optional<ColourMap> colours = named(ColourMap.values(), part.path("colours").asText());
    return Double.isFinite(low) && Double.isFinite(high)
        ? colours.map(map -> new Scale(map, low, high, percentile()))
        : Optional.empty();
  }

  private double percentile() {
    Matcher number = PERCENTILE.matcher(clipping());
    double found = number.find() ? number(number.group(), ALL) : ALL;
    return found > 0 && found <= ALL ? found : ALL;
  }

  private static double number(String text, double otherwise) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
    String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
    return java.util.Arrays.stream(values).filter(v -> v.name().equals(wanted)).findFirst();
  }

  /** As it was drawn. */
  Canvas drawn() {
    return picture(file(part, part.has("picture") ? FileRole.PICTURE : FileRole.OVERLAY));
  }

  /** The picture that another input holds, as a part of the results beside an image. */
  static JsonNode heldPicture(JsonNode input) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "picture")
        .put("label", ResultFigure.IMAGE)
        .put(FileRole.PICTURE.key(), input.path(FileRole.ORIGINAL.key()).asText());
  }

  boolean isHeldPicture() {
    return part.equals(heldPicture(image));
  }

  /** The image itself, as large as its maps. */
  static Canvas original(Path folder, JsonNode image) {
    return picture(file(folder, image, FileRole.ORIGINAL));
  }

  private Path file(JsonNode json, FileRole role) {
    return file(folder, json, role);
  }

  private static Path file(Path folder, JsonNode json, FileRole role) {
    String name = json.path(role.key()).asText();
    if (!ResultFiles.NAME.matcher(name).matches()) {
      throw new PicassoException(
          folder + ": the results name no file for the " + role.key() + " of an image.");
    }
    return folder.resolve(name);
  }

  private static Canvas picture(Path file) {
    return Canvas.of(ImageDecoder.standard().decode(file));
  }

  /** The numbers, where they belong. */
  HeatMap map() {
    Path file = file(part, FileRole.ARRAY);
    Tensor numbers = NpyFile.read(file);
    if (numbers.shape().rank() != 2 || numbers.size() == 0) {
      throw new PicassoException(file + ": is no map, it is " + numbers.shape() + ".");
    }
    int height = (int) numbers.shape().dim(0);
    int width = (int) numbers.shape().dim(1);
    HeatMap map = HeatMap.of(width, height, numbers.floats());
    JsonNode covers = part.path("covers");
    return covers.size() == 4
        ? map.over(
            region(
                covers.path(0).asDouble(Double.NaN),
                covers.path(1).asDouble(Double.NaN),
                covers.path(2).asDouble(Double.NaN),
                covers.path(3).asDouble(Double.NaN)))
        : map;
  }

  /** Pixels of the picture as it was given; results that do not tell have it at its size. */
  private static int side(JsonNode told, int drawn) {
    return told.isInt() && told.asInt() > 0 ? told.asInt() : drawn;
  }

  private static Region region(double left, double top, double right, double bottom) {
    double most = 1e4; // of the picture's side; far more than any padding
    boolean sound =
        Math.abs(left) < most
            && Math.abs(top) < most
            && right - left > 1 / most
            && bottom - top > 1 / most
            && right < most
            && bottom < most;
    if (!sound) {
      throw new PicassoException("The results say of a map that it lies where no map lies.");
    }
    return new Region(left, top, right, bottom);
  }

  /** The same map on another scale, otherwise drawn as it was. */
  Canvas drawn(Scale scale) {
    Picture original = Picture.of(ImageDecoder.standard().decode(file(image, FileRole.ORIGINAL)));
    JsonNode seen = image.path("seen");
    Region part =
        region(
            seen.path("left").asDouble(0),
            seen.path("top").asDouble(0),
            seen.path("right").asDouble(1),
            seen.path("bottom").asDouble(1));
    int width = side(image.path("imageWidth"), original.width());
    int height = side(image.path("imageHeight"), original.height());
    // The model's input as one pixel: maps are of any resolution.
    Frame frame =
        new Frame(
            width,
            height,
            1,
            1,
            (part.right() - part.left()) * width,
            (part.bottom() - part.top()) * height,
            part.left() * width,
            part.top() * height);
    return new Drawing(original, frame).draw(map(), scale, display());
  }

  private Display display() {
    Display display =
        Display.defaults()
            .with(named(Blending.values(), part.path("blending").asText()).orElse(Blending.OVERLAY))
            .withOpacity(within(1 - part.path("transparency").asDouble(0), 0, 1));
    double smoothing = number(settings.getOrDefault("smoothing", "0"), 0);
    double threshold = number(settings.getOrDefault("threshold", "0.5"), .5);
    return display.withSmoothing(within(smoothing, 0, 1)).withThreshold(within(threshold, .01, 1));
  }

  private static double within(double value, double least, double most) {
    return value >= least ? Math.min(value, most) : least;
  }
}
