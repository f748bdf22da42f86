package dev.picasso.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The picture of docs/regions.md shows what the arithmetic says. */
class RegionsPictureTest {
  private static final Path FILE = Path.of("../docs/images/regions.svg");
  private static final int SIDE = 132;
  private static final int GAP = 18;
  private static final int PIXELS = 224;
  private static final Span PATCH = new Span(104, 120);

  /** A map of a network, and what of it a patch changes. */
  private record Map(String name, int cells, Influence influence) {
    Span changed() {
      return influence.of(PATCH, cells);
    }
  }

  private static List<Map> vgg16() {
    Sweep convolution = new Sweep(3, 1, 1);
    Sweep pool = new Sweep(2, 2, 0);
    int[] layers = {2, 2, 3, 3, 3};
    List<Map> maps = new ArrayList<>();
    maps.add(new Map("image", PIXELS, Influence.PIXELS));
    Influence influence = Influence.PIXELS;
    int cells = PIXELS;
    for (int block = 1; block <= layers.length; block++) {
      for (int layer = 1; layer <= layers[block - 1]; layer++) {
        influence = influence.through(convolution);
      }
      maps.add(new Map("conv" + block + "_" + layers[block - 1], cells, influence));
      influence = influence.through(pool);
      cells /= 2;
    }
    return maps;
  }

  private static List<Map> resnet18() {
    Sweep same = new Sweep(3, 1, 1);
    Sweep half = new Sweep(3, 2, 1);
    List<Map> maps = new ArrayList<>();
    maps.add(new Map("image", PIXELS, Influence.PIXELS));
    Influence influence = Influence.PIXELS.through(new Sweep(7, 2, 3));
    maps.add(new Map("conv1", 112, influence));
    influence = influence.through(half);
    int cells = 56;
    for (int stage = 1; stage <= 4; stage++) {
      influence = influence.through(stage == 1 ? same : half);
      for (int layer = 0; layer < 3; layer++) {
        influence = influence.through(same);
      }
      cells = stage == 1 ? 56 : cells / 2;
      maps.add(new Map("layer" + stage, cells, influence));
    }
    return maps;
  }

  @Test
  void theChangedPartsAreDrawnWhereTheyAre() throws IOException {
    String svg = svg(List.of(vgg16(), resnet18()), List.of("VGG-16", "ResNet-18"));
    if (System.getProperty("picasso.write-docs") != null) {
      Files.writeString(FILE, svg);
    }
    assertThat(FILE).hasContent(svg);
  }

  private static String svg(List<List<Map>> rows, List<String> names) {
    int width = 20 + 6 * (SIDE + GAP);
    int height = 20 + rows.size() * (SIDE + 82);
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            """
                .formatted(width, height));
    for (int r = 0; r < rows.size(); r++) {
      int top = 20 + r * (SIDE + 82);
      text(svg, 20, top + 10, names.get(r), "#000000", 15);
      for (int i = 0; i < rows.get(r).size(); i++) {
        map(svg, rows.get(r).get(i), 20 + i * (SIDE + GAP), top + 20);
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void map(StringBuilder svg, Map map, int x, int y) {
    rect(svg, x, y, SIDE, SIDE, "#e8ebf0", "#9aa3b2");
    Span changed = map.changed();
    double scale = SIDE / (double) map.cells();
    double from = changed.from() * scale;
    double side = changed.length() * scale;
    rect(svg, x + from, y + from, side, side, "#e4572e", "none");
    String cells = "%d × %d".formatted(map.cells(), map.cells());
    double share = Math.pow(changed.length() / (double) map.cells(), 2);
    text(svg, x, y + SIDE + 17, map.name() + ", " + cells, "#000000", 13);
    String part = "%d × %d: %s %%".formatted(changed.length(), changed.length(), percent(share));
    text(svg, x, y + SIDE + 34, part, "#b23a17", 13);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < .1 ? "%.1f" : "%.0f", 100 * share);
  }

  private static void rect(
      StringBuilder svg, double x, double y, double w, double h, String fill, String stroke) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\""
                + " stroke=\"%s\"/>\n",
            x,
            y,
            w,
            h,
            fill,
            stroke));
  }

  private static void text(
      StringBuilder svg, double x, double y, String text, String colour, int size) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" font-size=\"%d\">%s</text>\n",
            x,
            y,
            colour,
            size,
            text));
  }
}
