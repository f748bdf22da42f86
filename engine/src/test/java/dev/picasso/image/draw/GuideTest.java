package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.PreparedImage;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.segments.CocoJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the package's page, run. */
class GuideTest {
  @TempDir Path folder;

  @Test
  void theExamplesOfThePackagesPageRun() throws IOException {
    Picture image = Picture.grey(60, 40, 80);
    PreparedImage preparedImage = new Preprocessor(Preprocessing.of(8, 8)).apply(image);
    int width = 60;
    int height = 40;
    float[] ramp = new float[64];
    for (int i = 0; i < 64; i++) {
      ramp[i] = i - 20;
    }
    List<HeatMap> maps = List.of(HeatMap.of(8, 8, ramp));

    Drawing drawing = Drawing.of(image, preparedImage.frame());
    Display display = Display.defaults().with(Blending.CONTOUR).withSmoothing(.02);
    Scale scale = display.scale(maps, true); // of both signs: alike below and above zero
    for (HeatMap map : maps) {
      Canvas canvas = drawing.draw(map, scale, display);
      Files.write(folder.resolve("map" + maps.indexOf(map) + ".png"), canvas.png());
    }
    Canvas bar = new ColourBar(scale, "change of the score", 300).draw();

    HeatMap map = maps.get(0);
    Strong strong = drawing.strong(map, scale, display);
    List<CocoJson.Part> parts =
        strong.islands().stream()
            .map(i -> i.mask(strong.mask().width(), strong.mask().height()))
            .map(mask -> new CocoJson.Part(281, "tabby", .93, mask))
            .toList();
    byte[] json =
        new CocoJson(List.of(new CocoJson.Annotated("cat.jpg", width, height, parts))).bytes();

    assertThat(folder.resolve("map0.png")).isNotEmptyFile();
    assertThat(bar.width()).isEqualTo(300);
    assertThat(new String(json, StandardCharsets.UTF_8)).contains("tabby");
  }
}
