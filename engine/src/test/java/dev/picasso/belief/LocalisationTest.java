package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.segments.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Quantus, on the maps of two networks; {@code tools/oracle/belief_object.py}. */
class LocalisationTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/picasso");

  /** One line of the table. */
  record Row(String map, int row, String mask, int k, List<Double> numbers) {
    static Row parse(String line) {
      List<String> cells = List.of(line.split("\t", -1));
      return new Row(
          cells.get(0),
          Integer.parseInt(cells.get(1)),
          cells.get(2),
          Integer.parseInt(cells.get(3)),
          cells.subList(4, cells.size()).stream().map(Double::valueOf).toList());
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(RESOURCES.resolve("belief/object.tsv")).stream()
        .skip(1)
        .map(Row::parse);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithQuantus(Row row) throws IOException {
    HeatMap map = positive(RESOURCES.resolve("attribution/oracle").resolve(row.map()), row.row());
    Localisation found =
        Localisation.of(map, mask(row.mask(), map.width(), map.height()), 0, row.k());
    List<Double> ours =
        List.of(
            found.pointing(), found.mass(), found.mass(), found.rank(), found.top(), found.auc());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i)).isCloseTo(row.numbers().get(i), within(1e-3));
    }
  }

  private static HeatMap positive(Path file, int row) throws IOException {
    Tensor maps = NpyFile.read(file);
    int rank = maps.shape().rank();
    int width = (int) maps.shape().dim(rank - 1);
    int height = (int) maps.shape().dim(rank - 2);
    int channels = rank == 4 ? (int) maps.shape().dim(1) : 1;
    float[] all = maps.floats();
    float[] sum = new float[width * height];
    for (int i = 0; i < sum.length; i++) {
      double total = 0;
      for (int c = 0; c < channels; c++) {
        total += all[(row * channels + c) * sum.length + i];
      }
      sum[i] = (float) Math.max(total, 0);
    }
    return HeatMap.of(width, height, sum);
  }

  private static Mask mask(String text, int width, int height) {
    double[] n = Arrays.stream(text.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
    IntPredicate in =
        i -> {
          double x = i % width;
          int row = i / width;
          return text.startsWith("box")
              ? x >= n[0] && x < n[0] + n[2] && row >= n[1] && row < n[1] + n[3]
              : Math.hypot(x + .5 - n[0], row + .5 - n[1]) <= n[2];
        };
    return Mask.of(width, height, in);
  }

  @Test
  void whatAFlatMapSaysIsWhatRandomNumbersDo() {
    Mask object = mask("box 3 2 5 4", 16, 12);
    float[] flat = new float[16 * 12];
    Arrays.fill(flat, .25f);
    Localisation found = Localisation.of(HeatMap.of(16, 12, flat), object, 0, 7);
    Localisation random = Localisation.ofRandom(object, 0);
    assertThat(found.mass()).isCloseTo(random.mass(), within(1e-9));
    assertThat(found.rank()).isCloseTo(random.rank(), within(1e-9));
    assertThat(found.top()).isCloseTo(random.top(), within(1e-9));
    assertThat(found.auc()).isCloseTo(.5, within(1e-9));
  }

  @Test
  void randomNumbersLieOnTheObjectAsOftenAsIsSaid() {
    Mask object = mask("disk 9 7 5", 24, 16);
    Random random = new Random(3);
    double[] sums = new double[5];
    int times = 2000;
    for (int n = 0; n < times; n++) {
      float[] values = new float[24 * 16];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      Localisation one = Localisation.of(HeatMap.of(24, 16, values), object, 2, 8);
      double[] numbers = {one.pointing(), one.mass(), one.rank(), one.top(), one.auc()};
      Arrays.setAll(sums, i -> sums[i] + numbers[i] / times);
    }
    Localisation expected = Localisation.ofRandom(object, 2);
    assertThat(sums[0]).isCloseTo(expected.pointing(), within(.04));
    assertThat(sums[1]).isCloseTo(expected.mass(), within(.003));
    assertThat(sums[2]).isCloseTo(expected.rank(), within(.004));
    assertThat(sums[3]).isCloseTo(expected.top(), within(.012));
    assertThat(sums[4]).isCloseTo(expected.auc(), within(.003));
  }

  @Test
  void aPointNearTheObjectHitsWithinTheTolerance() {
    Mask object = mask("box 10 0 6 12", 16, 12);
    float[] peak = new float[16 * 12];
    peak[5 * 16 + 7] = 1;
    HeatMap map = HeatMap.of(16, 12, peak);
    assertThat(Localisation.of(map, object, 0, 1).pointing()).isZero();
    assertThat(Localisation.of(map, object, 2.9, 1).pointing()).isZero();
    assertThat(Localisation.of(map, object, 3, 1).pointing()).isEqualTo(1);
  }
}
