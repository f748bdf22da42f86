package dev.picasso.image.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.PicassoException;
import dev.picasso.image.Picture;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.FigureTable.Cell;
import dev.picasso.image.figure.FigureTable.Note;
import dev.picasso.image.figure.FigureTable.Row;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FigureTest {
  private static final double HAIR = 1e-6;
  private static final FigureStyle COLUMN = new FigureStyle(85, 8, 300);

  private static final List<Note> NOTES = List.of(new Note(1, 1, "0.5"), new Note(2, 2, "0.5"));

  private final Letters letters = Letters.bundled();

  @AfterEach
  void close() {
    letters.close();
  }

  private static Canvas picture(int width, int height) {
    float[] rgb = new float[3 * width * height];
    Random random = new Random(7);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(256);
    }
    return Canvas.of(Picture.of(width, height, rgb));
  }

  private static Cell cell(Canvas picture, double high) {
    return new Cell(picture, "", Optional.of(new Scale(ColourMap.INFERNO, 0, high)));
  }

  /** Two rows of an image and two maps, whose scales end there. */
  private static FigureTable table(double... ends) {
    Canvas picture = picture(300, 200);
    Cell image = new Cell(picture, "", Optional.empty());
    return new FigureTable(
        "A & B",
        List.of("image", "tank", "no tank"),
        List.of(
            new Row("one", List.of(image, cell(picture, ends[0]), cell(picture, ends[1])), NOTES),
            new Row("two", List.of(image, cell(picture, ends[2]), cell(picture, ends[3])), NOTES)),
        "What <one> sees & more, in words that take more than one line of such a narrow figure.");
  }

  private Figure laidOut(FigureTable table) {
    return FigureLayout.of(table, COLUMN, letters);
  }

  private static List<Figure.Image> images(Figure figure) {
    return figure.marks().stream()
        .filter(Figure.Image.class::isInstance)
        .map(Figure.Image.class::cast)
        .toList();
  }

  @ParameterizedTest(name = "scales that end at {0}, {1}, {2}, {3}: {4} bars")
  @CsvSource({"1,1,1,1,1", "1,1,2,2,2", "1,2,1,2,4", "1,1,1,2,4"})
  void thereAreAsFewBarsAsTellAllScales(double a, double b, double c, double d, int bars) {
    Figure figure = laidOut(table(a, b, c, d));
    assertThat(images(figure)).hasSize(6 + bars);
    assertThat(figure.texts()).contains("0", "1.00");
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "1,1,2,2", "1,2,3,4"})
  void allLiesOnThePageAndNothingOnAnother(double a, double b, double c, double d) {
    Figure figure = laidOut(table(a, b, c, d));
    List<double[]> boxes = figure.marks().stream().map(this::box).toList();
    for (int i = 0; i < boxes.size(); i++) {
      double[] one = boxes.get(i);
      assertThat(one[0]).isGreaterThanOrEqualTo(0);
      assertThat(one[1]).isGreaterThanOrEqualTo(0);
      assertThat(one[2]).as("%s", figure.marks().get(i)).isLessThanOrEqualTo(85);
      assertThat(one[3]).isLessThanOrEqualTo(figure.height());
      for (double[] other : boxes.subList(0, i)) {
        boolean apart =
            one[0] >= other[2] - HAIR
                || other[0] >= one[2] - HAIR
                || one[1] >= other[3] - HAIR
                || other[1] >= one[3] - HAIR;
        assertThat(apart).as("%s", figure.marks().get(i)).isTrue();
      }
    }
  }

  /** Left, top, right and bottom; of words, about as high as capitals. */
  private double[] box(Figure.Mark mark) {
    if (mark instanceof Figure.Image image) {
      return new double[] {
        image.x(), image.y(), image.x() + image.width(), image.y() + image.height()
      };
    }
    Figure.Words words = (Figure.Words) mark;
    double width = letters.width(words.text(), words.points());
    double height = .7 * words.points() * Figure.POINT;
    double before =
        switch (words.align()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    return words.turned()
        ? new double[] {
          words.x() - height, words.y() + before - width, words.x(), words.y() + before
        }
        : new double[] {
          words.x() - before, words.y() - height, words.x() - before + width, words.y()
        };
  }

  @Test
  void picturesKeepTheirShapeAndAreEquallyWide() {
    List<Figure.Image> pictures = images(laidOut(table(1, 1, 1, 1))).subList(0, 6);
    assertThat(pictures)
        .allSatisfy(p -> assertThat(p.height() / p.width()).isCloseTo(2 / 3., within(.01)));
    assertThat(pictures.stream().mapToDouble(Figure.Image::width).distinct()).hasSize(1);
  }

  @Test
  void noMorePixelsAreEmbeddedThanArePrintedAndFewOnesAreShownOneByOne() {
    Cell large = new Cell(picture(2000, 2000), "", Optional.empty());
    Cell small = new Cell(picture(10, 10), "", Optional.empty());
    FigureTable table =
        new FigureTable("", List.of(), List.of(new Row("", List.of(large, small))), "");
    List<Figure.Image> images =
        images(FigureLayout.of(table, new FigureStyle(52.3, 8, 300), letters));
    int printed = (int) Math.round(images.get(0).width() / 25.4 * 300);
    assertThat(images.get(0).picture().width()).isEqualTo(printed);
    assertThat(images.get(0).crisp()).isFalse();
    assertThat(images.get(1).picture().width()).isEqualTo(printed / 10 * 10);
    assertThat(images.get(1).crisp()).isTrue();
  }

  @Test
  void pdfIsAsLargeAsTheFigureWithTextAndLettersAndPicturesWithoutLoss() throws IOException {
    Figure figure = laidOut(table(1, 1, 2, 2));
    byte[] file = FigureFormat.PDF.write(figure, letters, COLUMN);
    assertThat(FigureFormat.PDF.write(figure, letters, COLUMN)).as("once more").isEqualTo(file);
    try (PDDocument document = Loader.loadPDF(file)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(document.getPage(0).getMediaBox().getWidth() * Figure.POINT)
          .isCloseTo(85, within(.01));
      assertThat(document.getPage(0).getMediaBox().getHeight() * Figure.POINT)
          .isCloseTo(figure.height(), within(.01));
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("A & B");
      assertThat(new PDFTextStripper().getText(document))
          .contains("image", "no tank", "What <one> sees & more", "2.00");
      PDResources resources = document.getPage(0).getResources();
      for (COSName name : resources.getFontNames()) {
        assertThat(resources.getFont(name).isEmbedded()).isTrue();
      }
      Canvas embedded = images(figure).get(0).picture();
      boolean found = false;
      for (COSName name : resources.getXObjectNames()) {
        BufferedImage image = ((PDImageXObject) resources.getXObject(name)).getImage();
        found |= isSame(image, embedded);
      }
      assertThat(found).as("the picture, pixel by pixel").isTrue();
    }
  }

  private static boolean isSame(BufferedImage image, Canvas other) {
    return image.getWidth() == other.width()
        && image.getHeight() == other.height()
        && IntStream.range(0, other.width() * other.height())
            .allMatch(
                i ->
                    (image.getRGB(i % other.width(), i / other.width()) & 0xFFFFFF)
                        == (other.argb(i % other.width(), i / other.width()) & 0xFFFFFF));
  }

  @Test
  void pngAndPdfLookAlike() throws IOException {
    Canvas plain = Canvas.of(Picture.grey(60, 40, 90));
    Cell cell = new Cell(plain, "", Optional.of(new Scale(ColourMap.VIRIDIS, 0, 1)));
    FigureTable table =
        new FigureTable(
            "", List.of("a heading"), List.of(new Row("a row", List.of(cell))), "A caption.");
    Figure figure = FigureLayout.of(table, new FigureStyle(40, 9, 200), letters);
    byte[] png = FigureFormat.PNG.write(figure, letters, new FigureStyle(40, 9, 200));
    BufferedImage one = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(one.getWidth()).isEqualTo((int) Math.round(40 / 25.4 * 200));
    try (PDDocument document = Loader.loadPDF(FigureFormat.PDF.write(figure, letters, COLUMN))) {
      BufferedImage other = new PDFRenderer(document).renderImageWithDPI(0, 200);
      double sum = 0;
      int width = Math.min(one.getWidth(), other.getWidth());
      int height = Math.min(one.getHeight(), other.getHeight());
      assertThat(Math.abs(one.getHeight() - other.getHeight())).isLessThanOrEqualTo(1);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          sum += Math.abs((one.getRGB(x, y) & 0xFF) - (other.getRGB(x, y) & 0xFF));
        }
      }
      assertThat(sum / width / height).as("levels of 255, on average").isLessThan(4);
      assertThat(one.getRGB(width - 1, 0) & 0xFFFFFF).as("the ground").isEqualTo(0xFFFFFF);
    }
  }

  @Test
  void pngTellsItsResolution() {
    byte[] png = FigureFormat.PNG.write(laidOut(table(1, 1, 1, 1)), letters, COLUMN);
    int at = new String(png, StandardCharsets.ISO_8859_1).indexOf("pHYs");
    assertThat(ByteBuffer.wrap(png).getInt(at + 4)).isEqualTo((int) Math.round(300 / .0254));
  }

  @Test
  void svgHasTextAndPicturesWithinIt() throws Exception {
    Figure figure = laidOut(table(1, 1, 1, 1));
    byte[] svg = FigureFormat.SVG.write(figure, letters, COLUMN);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg))
            .getDocumentElement();
    assertThat(root.getAttribute("width")).isEqualTo("85mm");
    NodeList words = root.getElementsByTagName("text");
    assertThat(IntStream.range(0, words.getLength()).mapToObj(i -> words.item(i).getTextContent()))
        .containsExactlyElementsOf(figure.texts());
    Element first = (Element) words.item(0);
    Figure.Words heading = (Figure.Words) figure.marks().get(0);
    assertThat(Double.parseDouble(first.getAttribute("textLength")))
        .as("other letters are made as wide")
        .isCloseTo(letters.width(heading.text(), heading.points()), within(.001));
    assertThat(first.getAttribute("lengthAdjust")).isEqualTo("spacingAndGlyphs");
    NodeList images = root.getElementsByTagName("image");
    assertThat(images.getLength()).isEqualTo(images(figure).size());
    String address = ((Element) images.item(0)).getAttribute("xlink:href");
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(
                Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1))));
    assertThat(isSame(image, images(figure).get(0).picture())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"猫 cat,猫", "dog 🐕,🐕", "naïve Ωμέγα жук 1.5·10³ −2 …,''"})
  void whatThereAreNoLettersForIsTold(String text, String missing) throws IOException {
    Cell cell = new Cell(picture(30, 30), text, Optional.empty());
    Figure figure =
        laidOut(new FigureTable(text, List.of(), List.of(new Row("", List.of(cell))), ""));
    assertThat(String.join("", letters.missing(figure))).isEqualTo(missing);
    String shown = missing.isEmpty() ? text : text.replace(missing, "?");
    try (PDDocument document = Loader.loadPDF(FigureFormat.PDF.write(figure, letters, COLUMN))) {
      assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo(shown);
    }
    assertThat(new String(FigureFormat.SVG.write(figure, letters, COLUMN), StandardCharsets.UTF_8))
        .contains(text);
  }

  @Test
  void whatXmlCannotHoldIsLeftOutOfSvg() {
    Cell cell = new Cell(picture(30, 30), "a\u0007b", Optional.empty());
    Figure figure =
        laidOut(new FigureTable("\u0000t", List.of(), List.of(new Row("", List.of(cell))), ""));
    assertThat(new String(FigureFormat.SVG.write(figure, letters, COLUMN), StandardCharsets.UTF_8))
        .contains(">ab<", ">t<");
  }

  @Test
  void linesBreakBetweenWordsAndBehindHyphens() {
    double width = letters.width("overcast one", 8);
    assertThat(letters.lines("no-tank-overcast one two", 8, width, 3))
        .containsExactly("no-tank-", "overcast one", "two");
    assertThat(letters.lines("wwwwwwwwwwwwwwwwwwwwwww", 8, width, 3).get(0)).endsWith("…");
    assertThat(letters.lines("a\nb", 8, width, 3)).containsExactly("a", "b");
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheRemedy() {
    Cell cell = new Cell(picture(4, 4), "", Optional.empty());
    Row row = new Row("", IntStream.range(0, 12).mapToObj(i -> cell).toList());
    FigureTable table = new FigureTable("", List.of(), List.of(row), "");
    assertThatThrownBy(() -> laidOut(table))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("choose fewer columns");
    assertThatThrownBy(() -> laidOut(new FigureTable("", List.of(), List.of(), "")))
        .hasMessage("There is no picture that a figure could show.");
    assertThatThrownBy(() -> new FigureStyle(5, 8, 300))
        .hasMessage("Figure: the width is 5 mm; it must be between 20 and 1000.");
  }
}
