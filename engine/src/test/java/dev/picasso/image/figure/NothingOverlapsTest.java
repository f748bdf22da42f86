package dev.picasso.image.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.image.Picture;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.FigureTable.Cell;
import dev.picasso.image.figure.FigureTable.Note;
import dev.picasso.image.figure.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a figure shows, each text has its place, and nothing lies on anything else. */
class NothingOverlapsTest {
  private static final double HAIR = 1e-6;

  /** What columns must have at least; with less a figure is refused. */
  private static final double REFUSED = 9;

  private static final Letters LETTERS = Letters.bundled();
  private static final Canvas WIDE = Canvas.of(Picture.grey(300, 200, 90));
  private static final Canvas FLAT = Canvas.of(Picture.grey(400, 20, 90));
  private static final Canvas HIGH = Canvas.of(Picture.grey(100, 300, 90));
  private static final List<Scale> SCALES =
      List.of(
          new Scale(ColourMap.DIVERGING, -.259, .259),
          new Scale(ColourMap.INFERNO, 0, 5.43e-4),
          new Scale(ColourMap.DIVERGING, -3.626e-5, 3.626e-5),
          new Scale(ColourMap.INFERNO, -1234.5, 8.76e-12),
          new Scale(ColourMap.INFERNO, 0, 1),
          new Scale(ColourMap.VIRIDIS, -9.87e-101, 9.9e300));
  private static final List<String> HEADINGS =
      List.of(
          "image",
          "Integrated gradients",
          "SmoothGrad",
          "Layer-wise relevance propagation, Egyptian cat\nmobilenet_v1_0.25_128_quant.tflite",
          "Grad-CAM (layer=MobilenetV2/expanded_conv_5/project/BatchNorm/FusedBatchNormV3)",
          "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
          "ResNet152V2, of the second stage alone, 7 × 7 positions");

  @AfterAll
  static void close() {
    LETTERS.close();
  }

  /** Which maps of a figure have a scale of their own. */
  private enum Shared {
    ALL,
    ROWS,
    NONE
  }

  private static FigureTable table(int maps, Shared shared, boolean longNames) {
    List<Row> rows = new ArrayList<>();
    for (Canvas picture : List.of(WIDE, HIGH, FLAT)) {
      List<Cell> cells = new ArrayList<>(List.of(new Cell(picture, "", Optional.empty())));
      for (int m = 0; m < maps; m++) {
        int scale =
            switch (shared) {
              case ALL -> 2;
              case ROWS -> rows.size();
              case NONE -> m + rows.size();
            };
        cells.add(new Cell(picture, "", Optional.of(SCALES.get(scale % SCALES.size()))));
      }
      String label = longNames ? "tank-overcast-0123_and_a_longer_name-than-has-place" : "owl";
      int half = maps / 2;
      List<Note> notes =
          List.of(
              new Note(1, Math.max(1, half), "Egyptian cat 0.138\npredicts lynx 0.400"),
              new Note(half + 1, maps, "0.902"));
      rows.add(new Row(label, cells, half == 0 ? notes.subList(0, 1) : notes));
    }
    List<String> heads =
        IntStream.rangeClosed(0, maps)
            .mapToObj(c -> c == 0 || longNames ? HEADINGS.get(c % HEADINGS.size()) : "tank")
            .toList();
    return new FigureTable(
        "",
        heads,
        rows,
        "What is shown in a caption of many words, of /one/very/long/name/that/goes/on/and/on/for"
            + "/longer/than/a/line/of/this/figure/is/wide/where/it/is/narrow and ends.");
  }

  static Stream<Arguments> figures() {
    List<Arguments> all = new ArrayList<>();
    for (int maps = 1; maps <= 8; maps++) {
      for (double width = 60; width <= 180; width += 30) {
        for (Shared shared : Shared.values()) {
          all.add(Arguments.of(maps, width, shared));
        }
      }
    }
    for (int maps : List.of(2, 4, 6)) {
      all.add(Arguments.of(maps, 85., Shared.NONE));
    }
    return all.stream()
        .filter(a -> ((double) a.get()[1] - 11) / ((int) a.get()[0] + 1) > REFUSED + 3);
  }

  @ParameterizedTest(name = "{0} maps, {1} mm, one scale for {2}")
  @MethodSource("figures")
  void eachTextHasItsPlace(int maps, double width, Shared shared) {
    for (double points : new double[] {6, 10}) {
      for (boolean longNames : new boolean[] {false, true}) {
        FigureStyle style = new FigureStyle(width, points, 72);
        check(FigureLayout.of(table(maps, shared, longNames), style, LETTERS), maps + 1, points);
      }
    }
  }

  private static void check(Figure figure, int columns, double points) {
    List<Box> boxes = figure.marks().stream().map(NothingOverlapsTest::box).toList();
    for (int i = 0; i < boxes.size(); i++) {
      Box one = boxes.get(i);
      assertThat(one.left()).as("%s", one).isGreaterThanOrEqualTo(-HAIR);
      assertThat(one.top()).as("%s", one).isGreaterThanOrEqualTo(-HAIR);
      assertThat(one.right()).as("%s", one).isLessThanOrEqualTo(figure.width() + HAIR);
      assertThat(one.bottom()).as("%s", one).isLessThanOrEqualTo(figure.height() + HAIR);
      for (Box other : boxes.subList(0, i)) {
        assertThat(one.isApart(other)).as("%s and %s", one, other).isTrue();
      }
    }
    figure.marks().stream()
        .filter(Figure.Words.class::isInstance)
        .map(Figure.Words.class::cast)
        .forEach(w -> assertThat(w.points()).as(w.text()).isBetween(.7 * 5, points));
    headingsStayInTheirColumns(figure, columns);
  }

  private static boolean isHeading(Figure.Words words) {
    return words.align() == Figure.Align.MIDDLE
        && HEADINGS.stream().anyMatch(head -> head.contains(words.text().replace("…", "")));
  }

  private static void headingsStayInTheirColumns(Figure figure, int columns) {
    List<Figure.Image> pictures =
        figure.marks().stream()
            .filter(Figure.Image.class::isInstance)
            .map(Figure.Image.class::cast)
            .filter(image -> image.picture().width() != 256 && image.picture().height() != 256)
            .toList();
    double first = pictures.get(0).x();
    double cell = pictures.get(0).width();
    double step = pictures.get(1).x() - first;
    for (Figure.Mark mark : figure.marks()) {
      if (mark instanceof Figure.Words words && !words.turned() && isHeading(words)) {
        long column = Math.round((words.x() - first - cell / 2) / step);
        Box box = box(words);
        assertThat(box.left()).isGreaterThanOrEqualTo(first + column * step - HAIR);
        assertThat(box.right()).isLessThanOrEqualTo(first + column * step + cell + HAIR);
      }
    }
    assertThat(first + (columns - 1) * step + cell).isLessThanOrEqualTo(figure.width());
  }

  private record Box(double left, double top, double right, double bottom, Figure.Mark mark) {
    boolean isApart(Box other) {
      return left >= other.right - HAIR
          || other.left >= right - HAIR
          || top >= other.bottom - HAIR
          || other.top >= bottom - HAIR;
    }
  }

  /** Of words as high as capitals, and as deep as what hangs below the base line. */
  private static Box box(Figure.Mark mark) {
    if (mark instanceof Figure.Image image) {
      return new Box(
          image.x(), image.y(), image.x() + image.width(), image.y() + image.height(), mark);
    }
    Figure.Words words = (Figure.Words) mark;
    double width = LETTERS.width(words.text(), words.points());
    double size = words.points() * Figure.POINT;
    boolean hangs = words.text().codePoints().anyMatch(c -> "gjpqy,/();Q_".indexOf(c) >= 0);
    double up = .73 * size;
    double down = hangs ? .22 * size : 0;
    double before =
        switch (words.align()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    double x = words.x();
    double y = words.y();
    return words.turned()
        ? new Box(x - up, y + before - width, x + down, y + before, mark)
        : new Box(x - before, y - up, x - before + width, y + down, mark);
  }

  @Test
  void headingsAreMadeSmallerBeforeTheyAreCut() {
    Figure figure =
        FigureLayout.of(
            new FigureTable(
                "",
                List.of("image", "Grad-CAM", "Integrated gradients", "SmoothGrad", "Occlusion"),
                table(4, Shared.NONE, false).rows(),
                ""),
            new FigureStyle(85, 8, 300),
            LETTERS);
    assertThat(figure.texts())
        .contains("Grad-CAM", "Integrated", "gradients", "SmoothGrad", "Occlusion")
        .noneMatch(text -> text.endsWith("…"));
  }

  @Test
  void longNamesOfLayersLoseTheirFirstPartsAndNotTheirLast() {
    assertThat(LETTERS.lines("MobilenetV2/expanded_conv_5/project/BatchNorm/Fused", 8, 25, 2))
        .last()
        .asString()
        .endsWith("Fused");
    assertThat(LETTERS.lines("MobilenetV2/expanded_conv_5/project/BatchNorm/Fused", 8, 25, 2))
        .first()
        .asString()
        .startsWith("…/");
    assertThat(LETTERS.lines("/Relu_2", 8, 25, 2)).containsExactly("/Relu_2");
  }

  @Test
  void barsAreAsWideAsTheirMapsWhereNumbersWouldLeaveNoPlace() {
    Figure figure =
        FigureLayout.of(table(4, Shared.NONE, false), new FigureStyle(85, 8, 300), LETTERS);
    List<Figure.Image> images =
        figure.marks().stream()
            .filter(Figure.Image.class::isInstance)
            .map(Figure.Image.class::cast)
            .toList();
    assertThat(images)
        .filteredOn(image -> image.picture().width() == 256)
        .isNotEmpty()
        .allSatisfy(bar -> assertThat(bar.width()).isCloseTo(images.get(0).width(), within(.01)));
  }

  @ParameterizedTest(name = "{0} is printed {1}")
  @MethodSource("numbers")
  void numbersAreShort(double number, String digits, String exponent) {
    assertThat(PrintedNumber.of(number)).isEqualTo(new PrintedNumber(digits, exponent));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(0, "0", ""),
        Arguments.of(1, "1.00", ""),
        Arguments.of(-.25914, "−0.259", ""),
        Arguments.of(.0044176, "0.00442", ""),
        Arguments.of(.99999, "1.00", ""),
        Arguments.of(123.4, "123", ""),
        Arguments.of(1234.4, "1234", ""),
        Arguments.of(99999, "1.0·10", "5"),
        Arguments.of(-3.626e-5, "−3.6·10", "−5"),
        Arguments.of(5.43e-4, "5.4·10", "−4"),
        Arguments.of(9.96e-7, "1.0·10", "−6"));
  }
}
