package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.InputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks against Quantus, and against RISE's metric by its definition, on two small networks;
 * {@code tools/oracle/belief_deletion.py} writes files and table.
 */
class FaithfulnessOracleTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/picasso/belief/deletion").toAbsolutePath();

  private static final double CLOSE = 1e-3;
  private static final int SETS = 12;
  private static final int SIDE = 32;

  /** One line of the table. */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Row(String network, String quantity, double[] numbers) {
    static Row parse(String line) {
      String[] cells = line.split("\t", -1);
      return new Row(
          cells[0],
          cells[1],
          Arrays.stream(cells[2].split(" ", -1)).mapToDouble(Double::parseDouble).toArray());
    }

    @Override
    public String toString() {
      return network + " " + quantity;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("cases.tsv")).stream().skip(1).map(Row::parse);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aCheckIsWhatTheOracleSays(Row row) {
    Subject subject = Subjects.of(row.network());
    try (Explainer explainer = subject.explainer()) {
      assertThat(explainer.model().scores().areProbabilities()).isTrue();
      double[] found = found(row, subject);
      assertThat(found).hasSameSizeAs(row.numbers());
      for (int i = 0; i < found.length; i++) {
        double near = CLOSE * Math.max(1, Math.abs(row.numbers()[i]));
        assertThat(found[i]).as("number %d", i).isCloseTo(row.numbers()[i], within(near));
      }
    }
  }

  private static double[] found(Row row, Subject subject) {
    return switch (row.quantity()) {
      case "rise" ->
          measured(
              new Deletion(Deletion.Protocol.RISE, 12, new Removing()),
              subject,
              "area",
              "insertion-area");
      case "pixel-flipping" -> flipped(subject);
      case "blocks-mean" -> blocked(subject, Substrate.MEAN);
      case "blocks-blur" -> blocked(subject, Substrate.BLUR);
      case "sensitivity-n" -> correlations(row.network(), subject);
      case "infidelity" -> infidelities(subject);
      case "sparseness" ->
          measured(new Sparseness(.1), subject, "gini", "entropy", "effective-complexity");
      default -> throw new IllegalArgumentException(row.quantity());
    };
  }

  private static double[] measured(Check check, Subject subject, String... names) {
    Judgement judgement = new Judgement(List.of(check.check(subject, Progress.NONE)));
    return Arrays.stream(names)
        .mapToDouble(n -> judgement.measure(check.id() + "." + n).orElseThrow().value())
        .toArray();
  }

  /** Quantus's curve begins after the first step. */
  private static double[] flipped(Subject subject) {
    Blocks pixels = new Blocks(SIDE, SIDE, 1);
    RemovalCurves curves = new RemovalCurves(subject, pixels, RemovalCurves.counts(1024, 16));
    Filling zero = Substrate.ZERO.of(subject.input(), subject.x(), 0);
    double[] curve =
        curves.deletion(List.of(pixels.ordered(subject.map(), 0)), zero, Progress.NONE).get(0);
    return Arrays.copyOfRange(curve, 1, curve.length);
  }

  /** The areas of the map and of the edge filter, of which the differences are measured. */
  private static double[] blocked(Subject subject, Substrate substrate) {
    Check check = new Deletion(Deletion.Protocol.OWN, 10, new Removing(4, substrate));
    double[] found =
        measured(
            check,
            subject,
            "area",
            "insertion-area",
            "deletion-beats-edge",
            "insertion-beats-edge");
    return new double[] {found[0], found[1], found[0] + found[2], found[1] - found[3]};
  }

  private static double[] correlations(String network, Subject subject) {
    List<BitSet> sets = sets(network);
    Filling zero = Substrate.ZERO.of(subject.input(), subject.x(), 0);
    Drops drops = Drops.of(subject, Quantity.LOGITS, sets, zero, Progress.NONE);
    double[] sums = drops.sums(subject.map());
    return IntStream.range(0, sets.size() / SETS)
        .mapToDouble(
            n ->
                SensitivityN.correlation(
                    Arrays.copyOfRange(sums, n * SETS, (n + 1) * SETS),
                    Arrays.copyOfRange(drops.drops(), n * SETS, (n + 1) * SETS)))
        .toArray();
  }

  private static List<BitSet> sets(String network) {
    Tensor rows = NpyFile.read(FOLDER.resolve(network + "-sets.npy"));
    float[] places = rows.floats();
    int each = Math.toIntExact(rows.shape().dim(1));
    List<BitSet> sets = new ArrayList<>();
    for (int from = 0; from < places.length; from += each) {
      BitSet set = new BitSet();
      for (int i = from; i < from + each && places[i] >= 0; i++) {
        set.set((int) places[i]);
      }
      sets.add(set);
    }
    return sets;
  }

  /** Blocks of eight pixels go one after another and stay away. */
  private static double[] infidelities(Subject subject) {
    Blocks blocks = new Blocks(SIDE, SIDE, 8);
    int[] order = IntStream.range(0, blocks.count()).toArray();
    List<BitSet> gone = new ArrayList<>();
    for (int count = 1; count <= order.length; count++) {
      BitSet pixels = new BitSet();
      blocks.add(pixels, order, 0, count);
      gone.add(pixels);
    }
    Filling zero = Substrate.ZERO.of(subject.input(), subject.x(), 0);
    Drops drops = Drops.of(subject, Quantity.LOGITS, gone, zero, Progress.NONE);
    double[] weights = Drops.eachNumber(subject, subject.map());
    double[] products = drops.products(weights, Altered.numbers(subject.x()), zero);
    return new double[] {
      Infidelity.fit(products, drops.drops(), false).infidelity(),
      Infidelity.fit(products, drops.drops(), true).infidelity(),
      Infidelity.fit(drops.sums(subject.map()), drops.drops(), true).infidelity()
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg", "mobile"})
  void neighboursFillAsInRoad(String network) {
    Subject subject = Subjects.of(network);
    try (Explainer explainer = subject.explainer()) {
      InputSpec input = explainer.imageInput();
      float[] image = Altered.numbers(subject.x());
      List<BitSet> sets = sets(network);
      BitSet away = (BitSet) sets.get(sets.size() - 1).clone();
      new Blocks(SIDE, SIDE, 8).add(away, new int[] {5, 6}, 0, 2);
      float[] expected = NpyFile.read(FOLDER.resolve(network + "-road.npy")).floats();
      float[] filled = NeighbourFilling.of(input, image, 0, 0).without(away);
      for (int i = 0; i < expected.length; i++) {
        assertThat(filled[i]).as("number %d", i).isCloseTo(expected[i], within(1e-4f));
      }
    }
  }
}
