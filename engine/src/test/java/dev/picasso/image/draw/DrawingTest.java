package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.Fit;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.ResizeFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final Scale SCALE = new Scale(ColourMap.INFERNO, 0, 1);

  private static Frame frame(PixelSource image, int side, Fit fit) {
    return new Preprocessor(Preprocessing.of(side, side).with(fit, ResizeFilter.BILINEAR))
        .fit(image)
        .frame();
  }

  private static HeatMap half(int side) {
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % side < side / 2 ? 1 : 0;
    }
    return HeatMap.of(side, side, values);
  }

  @Test
  void aMapLiesInTheFrameOfTheOriginal() {
    Picture image = Picture.grey(80, 40, 100);
    Drawing drawing = Drawing.of(image, frame(image, 20, new Fit.Stretch()));
    Canvas map = drawing.map(half(20), SCALE);
    assertThat(map.width()).isEqualTo(80);
    assertThat(map.height()).isEqualTo(40);
    assertThat(map.argb(10, 20)).isEqualTo(0xFFFCFFA4);
    assertThat(map.argb(70, 20)).isEqualTo(0xFF000004);
  }

  @Test
  void cellsOfThreePixelsAndMoreAreDrawnAsSuchWhateverTheSizeOfTheDrawing() {
    HeatMap steps = HeatMap.of(4, 1, new float[] {0, .3f, .6f, 1});
    Picture image = Picture.grey(12, 12, 0);
    Canvas coarse = Drawing.of(image, frame(image, 12, new Fit.Stretch())).map(steps, SCALE);
    for (int x = 0; x < 12; x++) {
      assertThat(coarse.argb(x, 5)).isEqualTo(coarse.argb(x / 3 * 3, 5));
    }
    assertThat(coarse.argb(2, 5)).isNotEqualTo(coarse.argb(3, 5));
    Picture small = Picture.grey(11, 11, 0);
    Canvas fine = Drawing.of(small, frame(small, 11, new Fit.Stretch())).map(steps, SCALE);
    assertThat(fine.argb(4, 5)).as("2.75 pixels").isNotEqualTo(fine.argb(3, 5));
  }

  @Test
  void whatTheModelDoesNotSeeIsTransparentOrDark() {
    Picture image = Picture.grey(80, 40, 100);
    Drawing drawing = Drawing.of(image, frame(image, 20, new Fit.Cover()));
    assertThat(drawing.map(half(20), SCALE).argb(5, 20)).isZero();
    assertThat(drawing.map(half(20), SCALE).argb(25, 20)).isEqualTo(0xFFFCFFA4);
    assertThat(drawing.overlay(half(20), SCALE, 0).argb(5, 20)).isEqualTo(0xFF232323);
  }

  @Test
  void transparencyIsTheWeightOfThePicture() {
    Picture image = Picture.grey(20, 20, 200);
    Drawing drawing = Drawing.of(image, Frame.identity(20, 20));
    HeatMap map = half(20);
    assertThat(drawing.overlay(map, SCALE, 1).argb(3, 3)).isEqualTo(0xFFC8C8C8);
    assertThat(drawing.overlay(map, SCALE, 0).argb(3, 3)).isEqualTo(0xFFFCFFA4);
    assertThat(drawing.overlay(map, SCALE, .5).argb(15, 3)).isEqualTo(0xFF646466);
  }

  @Test
  void hugePicturesShrinkAndTinyOnesGrowToTheModelsPixels() {
    Picture wide = Picture.grey(3200, 100, 1);
    Drawing large = Drawing.of(wide, frame(wide, 20, new Fit.Stretch()));
    assertThat(large.original().width()).isEqualTo(1600);
    assertThat(large.original().height()).isEqualTo(50);
    Picture tiny = Picture.of(2, 1, new float[] {255, 0, 0, 0, 0, 255});
    Drawing small = Drawing.of(tiny, frame(tiny, 7, new Fit.Stretch()));
    assertThat(small.original().width()).isEqualTo(14);
    assertThat(small.original().height()).isEqualTo(7);
    assertThat(small.original().argb(6, 3)).isEqualTo(0xFFFF0000);
    assertThat(small.original().argb(7, 3)).isEqualTo(0xFF0000FF);
  }

  @Test
  void aScaleWithoutAnyWidthIsNeutral() {
    assertThat(new Scale(ColourMap.INFERNO, 0, 0).rgb(0)).isEqualTo(0x000004);
    assertThat(new Scale(ColourMap.DIVERGING, 0, 0).rgb(0)).isEqualTo(0xF4F4F2);
    assertThat(new Scale(ColourMap.DIVERGING, -2, 2).rgb(0)).isEqualTo(0xF4F4F2);
  }

  @Test
  void aPngIsReadBackAsItWas() throws IOException {
    Canvas canvas = Canvas.of(Picture.of(2, 1, new float[] {1, 2, 3, 250, 251, 252}));
    var read = ImageIO.read(new ByteArrayInputStream(canvas.png()));
    assertThat(read.getRGB(1, 0)).isEqualTo(0xFFFAFBFC);
  }
}
