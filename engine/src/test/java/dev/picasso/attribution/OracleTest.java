package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ModelInput;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method against PyTorch, Captum, pytorch-grad-cam, Zennit and PAIR's saliency, on small
 * trained networks; {@code tools/oracle/attribution.py} writes files and table.
 */
class OracleTest {
  /** What the scale may be off where estimates have no error, since all that there is was seen. */
  private static final double ROUNDING = 1e-3;

  private static final Path FOLDER =
      Path.of("src/test/resources/dev/picasso/attribution/oracle").toAbsolutePath();

  /** One line of the table. */
  record Row(
      String network,
      String images,
      String method,
      Map<String, String> settings,
      String target,
      String compare,
      double tolerance,
      String file) {
    static Row parse(String line) {
      List<String> cells = List.of(line.split("\t", -1));
      Map<String, String> settings = new LinkedHashMap<>();
      if (!cells.get(3).equals("-")) {
        for (String setting : cells.get(3).split(" ")) {
          int at = setting.indexOf('=');
          settings.put(setting.substring(0, at), setting.substring(at + 1));
        }
      }
      if (!cells.get(5).equals("-")) {
        settings.put("layer", cells.get(5));
      }
      return new Row(
          cells.get(0),
          cells.get(1),
          cells.get(2),
          settings,
          cells.get(4),
          cells.get(6),
          Double.parseDouble(cells.get(7)),
          cells.get(8));
    }

    boolean hasMethod() {
      return Methods.builtIn().all().stream().anyMatch(m -> m.id().equals(method));
    }

    Target of() {
      List<Integer> classes = Arrays.stream(target.split("-")).map(Integer::valueOf).toList();
      return classes.size() == 1
          ? Target.ofClass(classes.get(0))
          : new Target.Difference(classes.get(0), classes.get(1));
    }

    @Override
    public String toString() {
      return file + " class " + target + " " + settings;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("cases.tsv")).stream().skip(1).map(Row::parse);
  }

  @Test
  void everyMethodOfTheTableExists() throws IOException {
    Set<String> missing =
        rows()
            .filter(row -> !row.hasMethod())
            .map(Row::method)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(missing).as("methods of the table that there are not").isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aMapIsWhatTheOracleSays(Row row) {
    Assumptions.assumeTrue(row.hasMethod(), "there is no method " + row.method());
    Path folder = FOLDER.resolve(row.network());
    Tensor expected = NpyFile.read(FOLDER.resolve(row.file()));
    Tensor x = NpyFile.read(folder.resolve(row.images() + ".npy"));

    Maps maps = explained(row, folder.resolve("model.onnx"), x);

    assertThat(maps.values().shape()).isEqualTo(expected.shape());
    float[] found = maps.values().floats();
    for (float number : found) {
      assertThat(number).isFinite();
    }
    int images = Math.toIntExact(expected.shape().dim(0));
    float[] right = expected.floats();
    switch (row.compare()) {
      case "close" -> assertThat(deviation(found, right)).isLessThan(row.tolerance());
      case "correlated" -> {
        assertThat(correlation(found, right, images)).isGreaterThan(row.tolerance());
        float[] errors = maps.error().map(Tensor::floats).orElseGet(() -> new float[0]);
        double least = maps.error().isPresent() ? ROUNDING : 1 - row.tolerance();
        assertThat(scaleOff(found, right, errors, images, least))
            .as("how far the scale is off, as a share of how far it may be")
            .isLessThan(1);
      }
      default -> throw new IllegalArgumentException(row.compare());
    }
    if (!maps.signed()) {
      assertThat(least(found)).isNotNegative();
    }
  }

  private static Maps explained(Row row, Path file, Tensor x) {
    Model model = ModelLoader.standard().load(ModelRequest.of(file));
    Attribution method = Methods.builtIn().get(row.method(), row.settings());
    ModelInput input = ModelInput.of(ConfiguredModel.of(file).preprocessing(), model);
    Images images = Images.of(x, input.preprocessor());
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      return method.explain(
          explainer, images, Collections.nCopies(images.size(), row.of()), Progress.NONE);
    }
  }

  /** The largest difference, as a share of the largest magnitude that is expected. */
  private static double deviation(float[] found, float[] expected) {
    double off = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      off = Math.max(off, Math.abs(found[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return off / largest;
  }

  /** Pearson's, of the image where it is lowest. */
  private static double correlation(float[] found, float[] expected, int images) {
    int each = found.length / images;
    double lowest = 1;
    for (int at = 0; at < found.length; at += each) {
      float[] a = Arrays.copyOfRange(found, at, at + each);
      float[] b = Arrays.copyOfRange(expected, at, at + each);
      lowest = Math.min(lowest, covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b)));
    }
    return lowest;
  }

  /**
   * How far the slope of what was found over what is expected is from one, as a share of how far it
   * may be; of the image where it is most. A sum Σ e f of estimates f has a standard error of Σ |e|
   * σ at most, whatever hangs together; twice that is allowed, for what is expected was estimated
   * as well.
   *
   * @param errors σ; none where nothing is estimated
   * @param allowed for the slope, beside that
   */
  private static double scaleOff(
      float[] found, float[] expected, float[] errors, int images, double allowed) {
    int each = found.length / images;
    double most = 0;
    for (int image = 0; image < images; image++) {
      double product = 0;
      double square = 0;
      double error = 0;
      for (int i = image * each; i < (image + 1) * each; i++) {
        product += (double) found[i] * expected[i];
        square += (double) expected[i] * expected[i];
        error += errors.length == 0 ? 0 : Math.abs((double) expected[i] * errors[i]);
      }
      double off = Math.abs(product / square - 1);
      most = Math.max(most, off / (2 * error / square + allowed));
    }
    return most;
  }

  private static double covariance(float[] a, float[] b) {
    double sum = 0;
    double meanA = mean(a);
    double meanB = mean(b);
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum;
  }

  private static double mean(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static float least(float[] numbers) {
    float least = Float.POSITIVE_INFINITY;
    for (float number : numbers) {
      least = Math.min(least, number);
    }
    return least;
  }
}
