package dev.picasso.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.TestData;
import dev.picasso.image.ColourMode;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Preset;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks that were trained on pixels of known kinds (tools/oracle/doctor_networks.py) and are
 * given others on purpose. The photographs here are not those that they were trained on.
 */
class DoctorTest {
  private static final List<Scaling> SCALINGS =
      List.of(Scaling.UNIT, Scaling.SIGNED, Scaling.BYTES, Scaling.TORCH, Scaling.CAFFE);

  private static Model model(String file) {
    try {
      Path path = Path.of(DoctorTest.class.getResource(file).toURI());
      return ModelLoader.standard().load(ModelRequest.of(path));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Preprocessing given(Model model) {
    return ((Preprocessor) ModelInput.of(PreprocessingSettings.none(), model).preprocessor())
        .settings();
  }

  private static List<DecodedImage> photographs() {
    return Stream.of("pets.jpg", "cat_720p.jpg", "bird_segmentation.bmp")
        .map(name -> ImageDecoder.standard().decode(TestData.require("images/" + name)))
        .toList();
  }

  static Stream<Arguments> networks() {
    return SCALINGS.stream()
        .flatMap(s -> Stream.of(false, true).map(blue -> Arguments.of(s, blue)));
  }

  private static String file(Scaling scaling, boolean blueFirst, String kind) {
    return scaling.id() + (blueFirst ? "_bgr_" : "_rgb_") + kind + ".onnx";
  }

  @ParameterizedTest
  @MethodSource("networks")
  void findsTheInputWhateverIsGivenOnPurpose(Scaling trained, boolean blueFirst) {
    Model model = model(file(trained, blueFirst, "bn"));
    for (Scaling wrong : SCALINGS) {
      Preprocessing base = given(model);
      Preprocessing given = new Candidate(wrong, !blueFirst, false).in(base);
      Diagnosis found = new Doctor(model).examine(given, photographs());
      Ranked first = found.ranked().get(0);
      assertThat(first.candidate().scaling()).as(wrong.words()).isEqualTo(trained);
      assertThat(found.pixels().isAnswered()).isTrue();
      assertThat(found.pixels().answer()).isEqualTo(trained.words());
      found
          .order()
          .filter(Aspect::isAnswered)
          .ifPresent(o -> assertThat(o.answer()).isEqualTo(blueFirst ? "blue first" : "red first"));
      assertThat(found.repaired().number(255, 0))
          .isCloseTo(
              new Candidate(trained, Scaling.blueFirst(found.repaired().colour()), false)
                  .in(base)
                  .number(255, 0),
              within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isNeverSureOfWhatIsWrong(Scaling trained, boolean blueFirst) {
    String order = blueFirst ? "blue first" : "red first";
    for (String kind : List.of("bn", "folded")) {
      Model model = model(file(trained, blueFirst, kind));
      List<List<DecodedImage>> sets = new ArrayList<>(List.of(List.of(), photographs()));
      photographs().forEach(p -> sets.add(List.of(p)));
      for (List<DecodedImage> images : sets) {
        Diagnosis found = new Doctor(model).examine(given(model), images);
        assertThat(
                found.pixels().certainty() != Aspect.Certainty.SURE
                    || found.pixels().answer().equals(trained.words()))
            .as("%s: %s", model.id(), found.pixels())
            .isTrue();
        assertThat(
                found.order().filter(o -> o.certainty() == Aspect.Certainty.SURE).isEmpty()
                    || found.order().get().answer().equals(order))
            .as("%s: %s", model.id(), found.order())
            .isTrue();
        assertThat(found.inversion().answer()).isEqualTo("as they are");
      }
    }
  }

  @Test
  void whatIsRightIsLeftAsItIs() {
    Model model = model("torch_rgb_bn.onnx");
    Preprocessing right = given(model).with(Preset.TORCH);
    Diagnosis found = new Doctor(model).examine(right, photographs());
    assertThat(found.isRepaired()).isFalse();
    assertThat(found.problems()).isEmpty();
    assertThat(DiagnosisText.summary(found)).startsWith("It is given images as in training (sure");
  }

  @Test
  void firstWeightsTellTheMeanOfTheTrainingPixels() {
    Optional<TrainedMean> kept = mean("unit_rgb_bn.onnx");
    Optional<TrainedMean> folded = mean("unit_rgb_folded.onnx");
    assertThat(kept.orElseThrow().exact()).isTrue();
    assertThat(folded.orElseThrow().exact()).isFalse();
    for (int c = 0; c < 3; c++) {
      assertThat(kept.get().means().get(c)).isBetween(.2, .6);
      assertThat(folded.get().means().get(c)).isCloseTo(kept.get().means().get(c), within(.15));
    }
  }

  private static Optional<TrainedMean> mean(String file) {
    Model model = model(file);
    return TrainedMean.of(model.imported().graph(), model.input().orElseThrow());
  }

  @Test
  void darkInkOnWhiteIsExchanged() {
    Path digits = Path.of("..", "examples", "mnist-keras");
    Model model = ModelLoader.standard().load(ModelRequest.of(digits.resolve("mnist.h5")));
    List<DecodedImage> bright = new ArrayList<>();
    List<DecodedImage> ink = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      DecodedImage image =
          ImageDecoder.standard().decode(digits.resolve("images/" + digit + "-1.png"));
      bright.add(image);
      ink.add(exchanged(image));
    }
    assertThat(new Doctor(model).examine(given(model), bright).isRepaired()).isFalse();
    for (List<DecodedImage> images : List.of(ink, ink.subList(7, 8))) {
      Diagnosis found = new Doctor(model).examine(given(model), images);
      assertThat(found.inversion().isAnswered()).isTrue();
      assertThat(found.repaired().number(255, 0)).isCloseTo(0, within(1e-9));
      assertThat(found.repaired().number(0, 0)).isCloseTo(1, within(1e-9));
      assertThat(found.pixels().certainty()).isEqualTo(Aspect.Certainty.OPEN);
    }
  }

  private static DecodedImage exchanged(DecodedImage image) {
    byte[] rgb = new byte[3 * image.width() * image.height()];
    float[] row = new float[3 * image.width()];
    for (int y = 0; y < image.height(); y++) {
      image.row(y, row);
      for (int i = 0; i < row.length; i++) {
        rgb[y * row.length + i] = (byte) (255 - Math.round(row[i]));
      }
    }
    return DecodedImage.of(image.name(), image.width(), image.height(), rgb);
  }

  @Test
  void scalingDoneTwiceIsSaid() {
    Path tanks = Path.of("..", "examples", "tanks", "balanced.keras");
    Model model = ModelLoader.standard().load(ModelRequest.of(tanks));
    Preprocessing twice = given(model).scaled(1 / 255., 0);
    Diagnosis found = new Doctor(model).examine(twice, photographs());
    assertThat(found.problems()).extracting(Problem::kind).contains(Problem.Kind.SCALED_TWICE);
    assertThat(found.repaired().number(255, 0)).isEqualTo(255);
    assertThat(found.repaired().colour()).isEqualTo(ColourMode.RGB);
  }

  @Test
  void labelsThatAreOffByOneAreSaid() {
    Path net = TestData.require("tflite/mobilenet_v1_0.25_128_quant.tflite");
    List<String> labels = new ArrayList<>(List.of("tench", "goldfish"));
    for (int i = 2; i < 1001; i++) {
      labels.add("class of number " + i);
    }
    Model model =
        ModelLoader.standard().load(ModelRequest.of(net).withLabels(labels, "labels.txt"));
    Diagnosis found = new Doctor(model).examine(given(model), List.of());
    assertThat(found.problems()).extracting(Problem::kind).contains(Problem.Kind.LABELS);
    assertThat(found.isRepaired()).isFalse();
  }
}
