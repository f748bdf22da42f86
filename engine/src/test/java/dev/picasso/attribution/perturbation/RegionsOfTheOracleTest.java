package dev.picasso.attribution.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Images;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.segments.Felzenszwalb;
import dev.picasso.image.segments.Segments;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ModelInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The regions that tools/oracle/attribution.py is given: LIME, Kernel SHAP and XRAI are computed
 * there for these, and how pictures are cut is compared with scikit-image elsewhere. With {@code
 * -Dpicasso.write-regions} the files are written anew; then run the script.
 */
class RegionsOfTheOracleTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/picasso/attribution/oracle").toAbsolutePath();

  private static final String XRAI = "xrai";

  /**
   * One file.
   *
   * @param way of {@link Superpixels}, or XRAI's
   * @param about how many regions
   */
  record Cut(String network, String way, int about) {
    String file() {
      return network + "/x." + way + (about > 0 ? "-" + about : "") + ".npy";
    }

    List<Segments> of(Images x, int image, InputSpec input) {
      return way.equals(XRAI)
          ? Felzenszwalb.forXrai(Pictures.of(x, image, input))
          : List.of(Superpixels.valueOf(way.toUpperCase(Locale.ROOT)).of(x, image, input, about));
    }
  }

  static Stream<Cut> cuts() {
    Stream<Cut> superpixels =
        Stream.of("vgg", "mobile", "vit").flatMap(net -> Stream.of(new Cut(net, "slic", 60)));
    Stream<Cut> ranked = Stream.of("vgg", "mixed", "vit").map(net -> new Cut(net, XRAI, 0));
    return Stream.concat(superpixels, ranked);
  }

  /** Arrays of labels: [N, H, W], XRAI's [N, scales, H, W]. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  void theOracleIsGivenTheRegionsThatAreCutToday(Cut cut) {
    Path network = FOLDER.resolve(cut.network());
    Path model = network.resolve("model.onnx");
    Model loaded = ModelLoader.standard().load(ModelRequest.of(model));
    ModelInput input = ModelInput.of(ConfiguredModel.of(model).preprocessing(), loaded);
    Images x = Images.of(NpyFile.read(network.resolve("x.npy")), input.preprocessor());
    InputSpec spec = loaded.input().orElseThrow();

    Tensor found = labels(cut, x, spec);

    Path file = FOLDER.resolve(cut.file());
    if (System.getProperty("picasso.write-regions") != null) {
      NpyFile.write(file, found);
    }
    assertThat(found.floats()).isEqualTo(NpyFile.read(file).floats());
  }

  private static Tensor labels(Cut cut, Images x, InputSpec spec) {
    List<Float> all = new ArrayList<>();
    int scales = 0;
    for (int image = 0; image < x.size(); image++) {
      List<Segments> segments = cut.of(x, image, spec);
      scales = segments.size();
      for (Segments s : segments) {
        for (int i = 0; i < spec.width() * spec.height(); i++) {
          all.add((float) s.label(i));
        }
      }
    }
    float[] labels = new float[all.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = all.get(i);
    }
    return scales == 1
        ? Tensor.of(labels, x.size(), spec.height(), spec.width())
        : Tensor.of(labels, x.size(), scales, spec.height(), spec.width());
  }
}
