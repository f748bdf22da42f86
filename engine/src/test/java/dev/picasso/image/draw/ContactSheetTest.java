package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.Picture;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final Canvas TALL = Canvas.of(Picture.grey(10, 40, 100));
  private static final Canvas SMALL = Canvas.of(Picture.grey(2, 2, 200));

  @Test
  void picturesKeepTheirShapeInTheirCells() {
    ContactSheet sheet =
        new ContactSheet(
            20,
            List.of("bird", "a name much longer than its cell"),
            List.of(
                new ContactSheet.Row("saliency", List.of(TALL, SMALL)),
                new ContactSheet.Row("occlusion", List.of(SMALL))));
    Canvas canvas = sheet.draw();
    assertThat(canvas.width()).isEqualTo(150 + 2 * 26 + 6);
    assertThat(canvas.height()).isEqualTo(25 + 2 * 26 + 6);
    assertThat(canvas.argb(160, 35)).isEqualTo(0xFF646464);
    assertThat(canvas.argb(152, 35)).isEqualTo(0xFFFFFFFF);
    assertThat(canvas.argb(177, 26)).isEqualTo(0xFFC8C8C8);
    assertThat(canvas.argb(152, 52)).isEqualTo(0xFFC8C8C8);
    assertThat(canvas.argb(177, 60)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void whatStandsBeforeARowIsReadWhole() {
    ContactSheet.Row row = new ContactSheet.Row("no-tank-overcast-1-at-noon.png", List.of(SMALL));
    int wide = new ContactSheet(20, List.of("x"), List.of(row)).draw().width();
    assertThat(wide).isGreaterThan(150 + 26 + 6);
    ContactSheet.Row endless = new ContactSheet.Row("x".repeat(500), List.of(SMALL));
    assertThat(new ContactSheet(20, List.of("x"), List.of(row, endless)).draw().width())
        .isEqualTo(360 + 26 + 6);
  }

  @Test
  void whatHasNoPlaceIsRefused() {
    ContactSheet.Row row = new ContactSheet.Row("wide", List.of(SMALL, SMALL));
    assertThatThrownBy(() -> new ContactSheet(10, List.of("one"), List.of(row)))
        .hasMessageContaining("wide has 2 pictures for 1 columns");
    ContactSheet huge =
        new ContactSheet(1000, Collections.nCopies(200, "x"), Collections.nCopies(200, row));
    assertThatThrownBy(huge::draw).hasMessageContaining("too large");
  }

  @Test
  void aColourBarHasItsColoursAndALineMoreWhereItIsClipped() {
    Canvas plain = new ColourBar(new Scale(ColourMap.GREY, 0, 1), "drop", 200).draw();
    Canvas clipped = new ColourBar(new Scale(ColourMap.GREY, 0, 1, 99), "drop", 200).draw();
    assertThat(plain.width()).isEqualTo(200);
    assertThat(plain.argb(0, 0)).isEqualTo(0xFF000000);
    assertThat(plain.argb(199, 5)).isEqualTo(0xFFFFFFFF);
    assertThat(plain.argb(100, 5) & 0xFF).isBetween(126, 130);
    assertThat(clipped.height()).isGreaterThan(plain.height() + 8);
  }
}
