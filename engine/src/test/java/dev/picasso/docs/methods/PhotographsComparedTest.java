package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.docs.Section;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Picture;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.image.segments.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where maps of a trained MobileNetV2 are strongest in photographs. With {@code
 * -Dpicasso.write-docs} docs/methods-compared.md is written anew, in some minutes.
 */
class PhotographsComparedTest {
  private static final Section TABLE = Section.of("methods-compared.md", "## A bird and its mask");
  private static final String BIRD = "bird_segmentation.bmp";

  /** From which grey on a pixel of the mask is the bird; edges are blended to less. */
  private static final int INSIDE = 2;

  /** How far from a thing is still on it, in pixels: Zhang et al. 2016, arXiv 1608.00507. */
  private static final int NEAR = 15;

  /** The network takes the owl for a grouse; its last layer is strongest at the owl's left edge. */
  private static final Set<String> MISSED = Set.of("owl.jpg");

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.picasso.docs.methods.Photograph#all")
  void gradCamIsStrongestOnTheThing(Photograph photograph) {
    TestData.require("images");
    try (Network network = Network.load()) {
      Trial trial = Trial.of(network.model(), photograph.file());
      Place peak = Place.ofPeak(trial, Methods.builtIn().get("grad-cam"));
      System.err.println(photograph.name() + ": " + trial.label() + ", strongest at " + peak);
      Frame frame = trial.image().prepared().frame();
      double across = (double) NEAR / frame.originalWidth();
      double down = (double) NEAR / frame.originalHeight();
      assertThat(photograph.isOfTheThing(peak, across, down))
          .as("%s on the thing, at %s", trial.label(), peak)
          .isEqualTo(!MISSED.contains(photograph.name()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.picasso.docs.methods.Photograph#all")
  void preparedAsPublishedGradCamIsStrongestOnEveryThing(Photograph photograph) {
    TestData.require("images");
    try (Network network = Network.asPublished()) {
      Trial trial = Trial.of(network.model(), photograph.file());
      Place peak = Place.ofStrongestCell(trial, Methods.builtIn().get("grad-cam"));
      System.err.println(photograph.name() + ": " + trial.label() + ", strongest at " + peak);
      assertThat(photograph.isOfTheThing(peak, 0, 0)).as("at %s", peak).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"grad-cam", "occlusion", "rise"})
  void preparedAsPublishedTheBirdIsPointedAtToThePixel(String id) {
    Mask bird = bird();
    try (Network network = Network.asPublished()) {
      Trial trial = Trial.of(network.model(), TestData.require("images/" + BIRD));
      Place peak = Place.ofPeak(trial, Fewer.ENOUGH_TO_SEE.of(Methods.builtIn().get(id)));
      assertThat(isIn(bird, peak)).as("at %s", peak).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"grad-cam", "occlusion"})
  void theBirdIsPointedAt(String id) {
    Mask bird = bird();
    try (Network network = Network.load()) {
      Trial trial = Trial.of(network.model(), TestData.require("images/" + BIRD));
      Attribution method = Fewer.ENOUGH_TO_SEE.of(Methods.builtIn().get(id));
      Place peak = Place.ofPeak(trial, method);
      assertThat(isIn(bird.dilated(NEAR), peak)).as("at %s", peak).isTrue();
    }
  }

  @Test
  void theTableIsWhatWasMeasured() throws IOException {
    if (Section.isWriting()) {
      TABLE.holds(table(), "");
    }
    assertThat(TABLE.text()).contains("| `grad-cam` |");
  }

  private static String table() throws IOException {
    Mask bird = bird();
    double area = (double) bird.area() / (bird.width() * bird.height());
    Map<String, List<String>> rows = MethodRows.of(TABLE.text());
    try (Network network = Network.load()) {
      Trial trial = Trial.of(network.model(), TestData.require("images/" + BIRD));
      for (Attribution method : MethodRows.asked()) {
        List<String> cells = cells(method, trial, bird);
        System.err.println(method.id() + " " + cells);
        rows.put(method.id(), cells);
      }
    }
    return MethodRows.before(TABLE.text())
        + "| | strongest on the bird | share on the bird |\n|---|---|---|\n| the picture | – | "
        + text(area)
        + " |\n"
        + MethodRows.lines(rows);
  }

  private static List<String> cells(Attribution method, Trial trial, Mask bird) {
    Optional<HeatMap> found = trial.evidence(pointing(method));
    if (found.isEmpty()) {
      return List.of("–", "–");
    }
    HeatMap map =
        trial
            .image()
            .prepared()
            .frame()
            .toOriginal(found.get(), bird.width(), bird.height(), Interpolation.SMOOTH);
    Place peak = Place.ofPeak(map);
    String near = isIn(bird.dilated(NEAR), peak) ? "within " + NEAR + " pixels" : "no";
    return List.of(isIn(bird, peak) ? "yes" : near, text(share(map, bird)));
  }

  private static boolean isIn(Mask mask, Place place) {
    return mask.has(place.pixelX(mask.width()), place.pixelY(mask.height()));
  }

  /** As many masks as by default: this is what methods are compared by. */
  private static Attribution pointing(Attribution method) {
    return method.id().equals("rise") ? method : Fewer.ENOUGH_TO_SEE.of(method);
  }

  private static String text(double share) {
    return String.format(Locale.ROOT, "%.2f", share);
  }

  /** Which share of the positive part of a map lies in a mask. */
  private static double share(HeatMap map, Mask mask) {
    double inside = 0;
    double everywhere = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        double value = Float.isFinite(map.at(x, y)) ? Math.max(0, map.at(x, y)) : 0;
        inside += mask.has(x, y) ? value : 0;
        everywhere += value;
      }
    }
    return inside / everywhere;
  }

  private static Mask bird() {
    Path file = TestData.require("images/bird_segmentation_mask.bmp");
    Picture grey = Picture.of(ImageDecoder.standard().decode(file));
    return Mask.of(
        grey.width(),
        grey.height(),
        i -> grey.sample(i % grey.width(), i / grey.width(), 0) >= INSIDE);
  }
}
