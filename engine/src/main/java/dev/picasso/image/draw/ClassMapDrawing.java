package dev.picasso.image.draw;

import dev.picasso.image.ClassMap;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws what a model takes each place of a picture for: a colour for each class, lines between
 * them, and a legend.
 *
 * @param map covers the model's input
 * @param labels names of the classes by index; a class without one is called by its number
 */
public record ClassMapDrawing(Drawing drawing, ClassMap map, List<String> labels) {
  private static final int LETTERS = 13;
  private static final int SPACE = 6;
  private static final int WHITE = 0xFFFFFF;
  private static final int SMALLEST_SHOWN = 10;

  public ClassMapDrawing {
    labels = List.copyOf(labels);
  }

  /**
   * What a colour stands for.
   *
   * @param index of the class
   * @param rgb 0xRRGGBB
   * @param share of the model's input, from 0 to 1
   */
  public record Entry(int index, String label, int rgb, double share) {
    /** The share as people say it: "37 %", "0.4 %". */
    public String shareText() {
      double percent = 100 * share;
      return String.format(Locale.ROOT, percent < SMALLEST_SHOWN ? "%.1f %%" : "%.0f %%", percent);
    }
  }

  /** The classes that are there, the largest first. */
  public List<Entry> legend() {
    return map.shares().entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder()))
        .map(e -> new Entry(e.getKey(), label(e.getKey()), Palette.rgb(e.getKey()), e.getValue()))
        .toList();
  }

  private String label(int index) {
    return index < labels.size() ? labels.get(index) : "class " + index;
  }

  /**
   * The classes over the picture; opaque along the lines between them. Where the model sees nothing
   * the picture is dark.
   *
   * @param opacity the weight of the colours, 0 to 1
   */
  public Canvas draw(double opacity) {
    int width = drawing.picture().width();
    int height = drawing.picture().height();
    ClassMap placed = map.in(drawing.frame(), width, height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int reach = (int) Math.round(Line.width(image) / 2);
    int[] pixels = Pixels.of(image);
    float[] row = new float[3 * width];
    for (int y = 0; y < height; y++) {
      drawing.picture().row(y, row);
      for (int x = 0; x < width; x++) {
        int index = placed.at(x, y);
        float over = isBesideAnother(placed, x, y, reach) ? 1 : (float) opacity;
        float red = row[3 * x];
        float green = row[3 * x + 1];
        float blue = row[3 * x + 2];
        pixels[y * width + x] =
            index < 0
                ? Mix.dark(red, green, blue)
                : Mix.with(red, green, blue, over, Palette.rgb(index));
      }
    }
    return new Canvas(image);
  }

  private static boolean isBesideAnother(ClassMap map, int x, int y, int reach) {
    int index = map.at(x, y);
    return map.at(Math.min(x + reach, map.width() - 1), y) != index
        || map.at(Math.max(x - reach, 0), y) != index
        || map.at(x, Math.min(y + reach, map.height() - 1)) != index
        || map.at(x, Math.max(y - reach, 0)) != index;
  }

  /**
   * The legend as a picture: colour, label and share of each class, the largest first.
   *
   * @param width in pixels
   * @param most how many classes; those beyond are counted in the last line
   * @throws dev.picasso.PicassoException if the machine has no fonts
   */
  public Canvas legendPicture(int width, int most) {
    List<Entry> entries = legend();
    int shown = Math.min(entries.size(), most);
    int line = LETTERS + 2 * SPACE;
    int lines = Math.max(1, shown + (shown < entries.size() ? 1 : 0));
    BufferedImage image =
        new BufferedImage(width, SPACE + lines * line, BufferedImage.TYPE_INT_RGB);
    fill(image, 0, 0, width, image.getHeight(), WHITE);
    try (Lettering letters = Lettering.on(image, LETTERS)) {
      for (int i = 0; i < shown; i++) {
        Entry entry = entries.get(i);
        int top = SPACE + i * line;
        fill(image, SPACE, top, LETTERS, LETTERS, entry.rgb());
        int share = width - SPACE - letters.width(entry.shareText());
        int label = 2 * SPACE + LETTERS;
        letters.write(letters.fitting(entry.label(), share - label - SPACE), label, top - 1);
        letters.write(entry.shareText(), share, top - 1);
      }
      if (shown < entries.size()) {
        letters.write((entries.size() - shown) + " more", SPACE, SPACE + shown * line);
      }
    }
    return new Canvas(image);
  }

  private static void fill(
      BufferedImage image, int left, int top, int width, int height, int colour) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        image.setRGB(x, y, colour);
      }
    }
  }
}
