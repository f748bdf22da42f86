package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.ClassMap;
import dev.picasso.image.Fit;
import dev.picasso.image.Frame;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.ResizeFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassMapDrawingTest {
  /** Class 0 but for class 2 in the lower right quarter, and one place of class 300. */
  private static final ClassMap MAP = map();

  private static ClassMap map() {
    int[] classes = new int[400];
    for (int i = 0; i < 400; i++) {
      classes[i] = i == 0 ? 300 : i % 20 >= 10 && i / 20 >= 10 ? 2 : 0;
    }
    return ClassMap.of(20, 20, classes);
  }

  @Test
  void theClassOfAPlaceIsThatOfTheLargestScore() {
    float nan = Float.NaN;
    float[] scores = {1, 5, nan, nan, /**/ 2, 5, -3, nan, /**/ 0, 4, nan, nan};
    ClassMap map = ClassMap.ofScores(scores, 3, 1, 4);
    assertThat(map.classes()).containsExactly(1, 0, 1, -1);
    assertThat(map.shares()).isEqualTo(Map.of(0, .25, 1, .5));
    assertThatThrownBy(() -> ClassMap.ofScores(scores, 3, 2, 4)).hasMessageContaining("12 scores");
  }

  @Test
  void everyClassHasItsColourAndItsShare() {
    Drawing drawing = Drawing.of(Picture.grey(40, 40, 100), frame(new Fit.Stretch(), 40, 40));
    ClassMapDrawing classes = new ClassMapDrawing(drawing, MAP, List.of("sky", "sea", "sand"));
    List<ClassMapDrawing.Entry> legend = classes.legend();
    assertThat(legend)
        .extracting(ClassMapDrawing.Entry::label)
        .containsExactly("sky", "sand", "class 300");
    assertThat(legend)
        .extracting(ClassMapDrawing.Entry::shareText)
        .containsExactly("75 %", "25 %", "0.3 %");
    Canvas opaque = classes.draw(1);
    assertThat(opaque.argb(10, 20)).isEqualTo(0xFF000000 | legend.get(0).rgb());
    assertThat(opaque.argb(30, 30)).isEqualTo(0xFF000000 | legend.get(1).rgb());
    assertThat(opaque.argb(0, 0)).isEqualTo(0xFF000000 | legend.get(2).rgb());
    assertThat(classes.draw(0).argb(10, 30)).isEqualTo(0xFF646464);
    // The line between two classes is opaque, on both sides.
    assertThat(classes.draw(0).argb(19, 30)).isEqualTo(0xFF000000 | legend.get(0).rgb());
    assertThat(classes.draw(0).argb(20, 30)).isEqualTo(0xFF000000 | legend.get(1).rgb());
  }

  @Test
  void whatTheModelDoesNotSeeIsDark() {
    Drawing drawing = Drawing.of(Picture.grey(80, 40, 100), frame(new Fit.Cover(), 80, 40));
    Canvas canvas = new ClassMapDrawing(drawing, MAP, List.of()).draw(.5);
    assertThat(canvas.argb(5, 20)).isEqualTo(0xFF232323);
  }

  @Test
  void theLegendIsAPictureOfItsLargestClasses() {
    Drawing drawing = Drawing.of(Picture.grey(40, 40, 100), frame(new Fit.Stretch(), 40, 40));
    ClassMapDrawing classes = new ClassMapDrawing(drawing, MAP, List.of("sky", "sea", "sand"));
    Canvas all = classes.legendPicture(160, 20);
    Canvas two = classes.legendPicture(160, 1);
    assertThat(all.width()).isEqualTo(160);
    assertThat(all.height()).isEqualTo(6 + 3 * 25);
    assertThat(two.height()).isEqualTo(6 + 2 * 25);
    assertThat(all.argb(10, 10)).isEqualTo(0xFF000000 | classes.legend().get(0).rgb());
    assertThat(all.argb(10, 35)).isEqualTo(0xFF000000 | classes.legend().get(1).rgb());
  }

  @Test
  void coloursOfClassesAreAllDifferent() {
    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < 256; i++) {
      colours.add(Palette.rgb(i));
    }
    assertThat(colours).hasSize(256);
    assertThat(Palette.rgb(256)).isEqualTo(Palette.rgb(0));
  }

  private static Frame frame(Fit fit, int width, int height) {
    return new Preprocessor(Preprocessing.of(20, 20).with(fit, ResizeFilter.BILINEAR))
        .fit(Picture.grey(width, height, 0))
        .frame();
  }
}
