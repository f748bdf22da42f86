package dev.picasso.image.figure;

import dev.picasso.PicassoException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes a figure as a PDF of one page, as large as the figure: words as text that can be selected,
 * the letters that it has embedded, pictures without loss. The same figure gives the same bytes.
 */
final class PdfFile {
  private final Figure figure;
  private final Letters letters;
  private final PDDocument document;
  private final PDPageContentStream out;
  private final PDFont font;

  private PdfFile(
      Figure figure, Letters letters, PDDocument document, PDPageContentStream out, PDFont font) {
    this.figure = figure;
    this.letters = letters;
    this.document = document;
    this.out = out;
    this.font = font;
  }

  /**
   * The bytes of a file.
   *
   * @throws PicassoException if the font does not let itself be embedded
   */
  static byte[] of(Figure figure, Letters letters) {
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(0L); // else it is the time
      document.getDocumentInformation().setTitle(figure.title());
      document.getDocumentInformation().setProducer("Picasso");
      PDPage page = new PDPage(new PDRectangle(points(figure.width()), points(figure.height())));
      document.addPage(page);
      PDFont font = PDType0Font.load(document, new ByteArrayInputStream(letters.file()), true);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        new PdfFile(figure, letters, document, out, font).write();
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new PicassoException("The figure cannot be written as PDF: " + e.getMessage(), e);
    }
  }

  private static float points(double millimetres) {
    return (float) (millimetres / Figure.POINT);
  }

  private void write() throws IOException {
    for (Figure.Mark mark : figure.marks()) {
      if (mark instanceof Figure.Words words) {
        write(words);
      } else if (mark instanceof Figure.Image image) {
        write(image);
      }
    }
  }

  /** PDF counts upwards from the lower left corner. */
  private void write(Figure.Words words) throws IOException {
    String text = letters.shown(words.text());
    double width = letters.width(text, words.points());
    double before =
        switch (words.align()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    out.beginText();
    out.setFont(font, (float) words.points());
    out.setTextMatrix(
        words.turned()
            ? Matrix.getRotateInstance(
                Math.PI / 2, points(words.x()), points(figure.height() - words.y() - before))
            : Matrix.getTranslateInstance(
                points(words.x() - before), points(figure.height() - words.y())));
    out.showText(text);
    out.endText();
  }

  private void write(Figure.Image image) throws IOException {
    PDImageXObject picture = LosslessFactory.createFromImage(document, image.picture().image());
    picture.getCOSObject().setBoolean(COSName.INTERPOLATE, !image.crisp());
    out.drawImage(
        picture,
        points(image.x()),
        points(figure.height() - image.y() - image.height()),
        points(image.width()),
        points(image.height()));
  }
}
