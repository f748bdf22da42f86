package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Comparisons of maps against Quantus, for maps that Quantus got of two networks; {@code
 * tools/oracle/belief_sanity.py} writes both.
 */
class SanityOracleTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/picasso/belief/sanity").toAbsolutePath();

  /** What Quantus found of a network: a number, or one for each map. */
  record Row(String network, String measure, List<Double> numbers) {
    static Row parse(String line) {
      String[] cells = line.split("\t", -1);
      return new Row(
          cells[0], cells[1], Stream.of(cells[2].split(" ")).map(Double::valueOf).toList());
    }

    Tensor array(String name) {
      return NpyFile.read(FOLDER.resolve(network).resolve(name + ".npy"));
    }

    List<HeatMap> maps(String name) {
      Tensor all = array(name);
      int rank = all.shape().rank();
      int width = (int) all.shape().dim(rank - 1);
      int height = (int) all.shape().dim(rank - 2);
      float[] values = all.floats();
      List<HeatMap> maps = new ArrayList<>();
      for (int at = 0; at < values.length; at += width * height) {
        maps.add(HeatMap.of(width, height, Arrays.copyOfRange(values, at, at + width * height)));
      }
      return maps;
    }

    @Override
    public String toString() {
      return network + " " + measure;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("numbers.tsv")).stream().skip(1).map(Row::parse);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aNumberIsWhatQuantusSays(Row row) {
    double[] found = found(row);

    assertThat(found).hasSize(row.numbers().size());
    for (int i = 0; i < found.length; i++) {
      double expected = row.numbers().get(i);
      assertThat(found[i]).isCloseTo(expected, within(1e-3 * Math.max(1, Math.abs(expected))));
    }
  }

  private static double[] found(Row row) {
    return switch (row.measure()) {
      case "rank" -> each(row, "random", Similarity::rank);
      case "rank-absolute" -> each(row, "random", Similarity::absoluteRank);
      case "ssim" -> each(row, "random", Similarity::ssim);
      case "ssim-absolute" -> each(row, "random", Similarity::absoluteSsim);
      case "class-rank" -> each(row, "class", Similarity::rank);
      case "class-rank-absolute" -> each(row, "class", Similarity::absoluteRank);
      case "class-ssim" -> each(row, "class", Similarity::ssim);
      case "class-ssim-absolute" -> each(row, "class", Similarity::absoluteSsim);
      case "max-sensitivity" -> most(changes(row, Sensitivity::relative));
      case "avg-sensitivity" ->
          new double[] {Arrays.stream(changes(row, Sensitivity::relative)).average().orElseThrow()};
      case "lipschitz" -> most(changes(row, Sensitivity::slope));
      case "relative-input-stability" -> most(changes(row, Sensitivity::relativeSlope));
      default -> throw new IllegalArgumentException(row.measure());
    };
  }

  private static double[] each(Row row, String maps, ToDoubleFunction<Similarity> of) {
    HeatMap first = row.maps("map").get(0);
    return row.maps(maps).stream()
        .mapToDouble(other -> of.applyAsDouble(Similarity.of(first, other)))
        .toArray();
  }

  private static double[] changes(Row row, ToDoubleFunction<Sensitivity> of) {
    HeatMap first = row.maps("map").get(0);
    List<HeatMap> changed = row.maps("changed");
    Tensor x = row.array("x");
    float[] noisy = row.array("noisy").floats();
    int size = (int) x.size();
    double[] changes = new double[changed.size()];
    for (int i = 0; i < changes.length; i++) {
      float[] one = Arrays.copyOfRange(noisy, i * size, (i + 1) * size);
      Tensor y = Tensor.of(one, x.shape().dims());
      changes[i] = of.applyAsDouble(Sensitivity.of(first, changed.get(i), x, y));
    }
    return changes;
  }

  private static double[] most(double[] numbers) {
    return new double[] {Arrays.stream(numbers).max().orElseThrow()};
  }
}
