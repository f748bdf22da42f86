package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxesTest {
  @Test
  void aBoxIsLeftTopWidthAndHeight() {
    assertThat(Boxes.parse(" 20, 30,100,80")).isEqualTo(new Window(20, 30, 100, 80));
    assertThat(Boxes.words(new Window(20, 30, 100, 80))).isEqualTo("20,30,100,80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5", "1,2,0,4", "1,2,3,-4", "-1,2,3,4", "a,b,c,d"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Boxes.parse(text))
        .isInstanceOf(PicassoException.class)
        .hasMessageStartingWith("'" + text + "' is no box; write left, top, width and height");
  }

  @Test
  void aBoxBeyondThePictureIsRefused() {
    Window box = new Window(20, 30, 100, Integer.MAX_VALUE);
    assertThatThrownBy(() -> Boxes.requireInside(box, "a.png", 120, 110))
        .hasMessage("The box ends at 120, 2147483677; a.png has 120 × 110 pixels.");
    assertThatCode(() -> Boxes.requireInside(new Window(20, 30, 100, 80), "a.png", 120, 110))
        .doesNotThrowAnyException();
  }

  /** The picture is twice as large as the input, of which 10 pixels are cut off at the left. */
  @ParameterizedTest
  @CsvSource({
    "20, 0, 8, 4, 5, 0, 4, 2",
    "0, 0, 40, 40, 0, 0, 15, 20",
    "9, 0, 2, 1, 0, 0, 1, 1",
    "20, 6, 1, 1, 5, 3, 1, 1",
    "0, 0, 10, 40, 0, 0, 0, 0",
  })
  void aBoxIsWhereTheModelSeesIt(
      int left, int top, int width, int height, int x, int y, int w, int h) {
    Frame frame = new Frame(40, 40, 15, 20, 2, 2, 10, 0);
    assertThat(Boxes.seen(new Window(left, top, width, height), frame))
        .isEqualTo(new Window(x, y, w, h));
  }

  @ParameterizedTest
  @CsvSource({
    "20, 0, 8, 4, 5, 0, 4, 2",
    "0, 10, 40, 40, -5, 5, 20, 20",
    "0, 0, 11, 1, -5, 0, 6, 1",
    "39, 39, 9000, 9000, 14, 19, 4501, 4501",
  })
  void itMayReachBeyondWhatTheModelSees(
      int left, int top, int width, int height, int x, int y, int w, int h) {
    Frame frame = new Frame(40, 40, 15, 20, 2, 2, 10, 0);
    Window box = new Window(left, top, width, height);
    Window whole = Boxes.inInput(box, frame);
    assertThat(whole).isEqualTo(new Window(x, y, w, h));
    assertThat(whole.clippedTo(15, 20)).isEqualTo(Boxes.seen(box, frame));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 20, 30, 40, 5, 5, 15, 10",
    "0, 0, 100, 200, 0, 0, 50, 50",
    "99, 199, 1, 1, 49, 49, 1, 1",
    "3, 0, 1, 200, 2, 0, 1, 50",
  })
  void theSamePlaceOfAnotherPictureIsOneOfShares(
      int left, int top, int width, int height, int x, int y, int w, int h) {
    assertThat(Boxes.in(new Window(left, top, width, height), 100, 200, Picture.grey(50, 50, 0)))
        .isEqualTo(new Window(x, y, w, h));
  }
}
