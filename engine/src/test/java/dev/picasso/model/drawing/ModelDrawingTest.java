package dev.picasso.model.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.model.drawing.LayerGraph.Vertex;
import dev.picasso.model.drawing.ModelDrawing.Block;
import dev.picasso.model.drawing.ModelDrawing.Box;
import dev.picasso.model.drawing.ModelDrawing.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDrawingTest {
  private static final double HAIR = 1e-6;

  /** A graph of words such as {@code "Conv<0,1"}: a kind, and the places of what it reads. */
  private static LayerGraph graph(String... words) {
    List<Vertex> vertices = new ArrayList<>();
    for (String word : words) {
      String[] parts = word.split("<", 2);
      List<Integer> reads =
          parts.length == 1
              ? List.of()
              : Stream.of(parts[1].split(",")).map(Integer::valueOf).toList();
      vertices.add(
          new Vertex(
              parts[0] + vertices.size(),
              parts[0],
              "[N, 8]",
              0,
              List.of(),
              Optional.empty(),
              reads));
    }
    return new LayerGraph(vertices);
  }

  private static List<List<Integer>> boxes(ModelDrawing drawing) {
    return drawing.sections().stream()
        .flatMap(s -> Stream.concat(s.blocks().stream(), s.more().stream()))
        .flatMap(b -> b.boxes().stream())
        .map(Box::layers)
        .toList();
  }

  @Test
  void simpleStepsStandOnWhatTheyReadUnlessOthersReadItToo() {
    ModelDrawing drawing =
        ModelDrawing.of(
            graph("Input", "Conv<0", "BatchNormalization<1", "Relu<2", "Conv<3", "Add<3,4"));
    assertThat(boxes(drawing))
        .containsExactly(List.of(0), List.of(1, 2, 3), List.of(4), List.of(5));
  }

  @Test
  void aResidualBlockEndsWithItsSum() {
    ModelDrawing drawing =
        ModelDrawing.of(graph("Input", "Conv<0", "Conv<1", "Conv<2", "Add<1,3", "Dense<4"));
    assertThat(drawing.sections())
        .extracting(s -> s.blocks().get(0).boxes().size())
        .containsExactly(1, 1, 3, 1);
    Block block = drawing.sections().get(2).blocks().get(0);
    assertThat(block.lines()).hasSize(4);
    // The way past the convolutions begins above the block and has its own lane.
    Layered.Line past =
        block.lines().stream().filter(l -> l.from() < 0 && l.to() == 2).findFirst().orElseThrow();
    assertThat(past.points().size()).isGreaterThan(4);
  }

  @Test
  void whatRepeatsStandsOnceAndTellsHowOften() {
    List<String> words = new ArrayList<>(List.of("Input"));
    for (int i = 0; i < 4; i++) {
      int at = words.size() - 1;
      words.add("Conv<" + at);
      words.add("Pool<" + (at + 1));
    }
    words.add("Dense<" + (words.size() - 1));
    ModelDrawing drawing = ModelDrawing.of(graph(words.toArray(String[]::new)));
    assertThat(drawing.sections()).extracting(Section::times).containsExactly(1, 4, 1);
    assertThat(drawing.sections().get(1).blocks()).hasSize(2);
    assertThat(drawing.sections().get(1).more()).hasSize(6);
  }

  @Test
  void whatThousandsReadIsDrawnWithFewPoints() {
    List<String> words = new ArrayList<>(List.of("Input", "Conv<0", "Conv<1"));
    while (words.size() < 6000) {
      words.add("Concat<1," + (words.size() - 1));
    }
    ModelDrawing drawing = ModelDrawing.of(graph(words.toArray(String[]::new)));
    long points =
        drawing.sections().stream()
            .flatMap(s -> s.blocks().stream())
            .flatMap(b -> b.lines().stream())
            .mapToLong(l -> l.points().size())
            .sum();
    assertThat(points).isLessThan(100_000);
  }

  @Test
  void whereEachReadsManyBeforeItALineTakesFewPoints() {
    int window = 50;
    List<String> words = new ArrayList<>(List.of("Input"));
    int read = 0;
    while (words.size() < 2000) {
      int at = words.size();
      List<String> last =
          IntStream.range(Math.max(0, at - window), at).mapToObj(String::valueOf).toList();
      words.add("Concat<" + String.join(",", last));
      read += last.size();
    }
    List<Layered.Line> lines =
        ModelDrawing.of(graph(words.toArray(String[]::new))).sections().stream()
            .flatMap(s -> s.blocks().stream())
            .flatMap(b -> b.lines().stream())
            .toList();
    assertThat(lines).hasSizeGreaterThan(read / 2);
    assertThat(lines.stream().mapToLong(l -> l.points().size()).sum()).isLessThan(5L * read);
  }

  @Test
  void aSecondInputDoesNotTearBlocksApart() {
    ModelDrawing drawing =
        ModelDrawing.of(graph("Input", "Conv<0", "Conv<1", "Input", "Concat<2,3", "Dense<4"));
    assertThat(boxes(drawing)).hasSize(6);
    assertThat(drawing.sections().get(0).blocks().get(0).boxes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inAnyGraphEachLayerIsThereOnceBelowWhatItReadsAndOnNoOther(long seed) {
    Random random = new Random(seed);
    List<String> words = new ArrayList<>(List.of("Input"));
    List<String> kinds = List.of("Conv", "Relu", "Add", "Concat", "Pool");
    for (int i = 1; i < 120; i++) {
      TreeSet<Integer> reads = new TreeSet<>();
      for (int k = 0; k <= random.nextInt(3); k++) {
        reads.add(Math.max(0, i - 1 - random.nextInt(1 + random.nextInt(12))));
      }
      words.add(
          kinds.get(random.nextInt(kinds.size()))
              + "<"
              + String.join(",", reads.stream().map(String::valueOf).toList()));
    }
    ModelDrawing drawing = ModelDrawing.of(graph(words.toArray(String[]::new)));
    assertThat(boxes(drawing).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 120).boxed().toList());
    for (Section section : drawing.sections()) {
      Stream.concat(section.blocks().stream(), section.more().stream())
          .forEach(ModelDrawingTest::requireReadable);
    }
  }

  private static boolean leavesAnother(Layered.Line line, Block block) {
    return block.lines().stream()
        .filter(other -> other.from() == line.from() && other.to() != line.to())
        .map(Layered.Line::points)
        .anyMatch(
            way ->
                IntStream.iterate(2, i -> i < way.size() - 2, i -> i + 2)
                    .anyMatch(i -> way.subList(i, i + 2).equals(line.points().subList(0, 2))));
  }

  private static void requireReadable(Block block) {
    List<Box> boxes = block.boxes();
    for (Box one : boxes) {
      assertThat(one.x()).isBetween(-HAIR, block.width() - ModelDrawing.WIDTH + HAIR);
      assertThat(one.y() + one.height()).isLessThanOrEqualTo(block.height() + HAIR);
      for (Box other : boxes.subList(0, boxes.indexOf(one))) {
        boolean apart =
            Math.abs(one.x() - other.x()) >= ModelDrawing.WIDTH - HAIR
                || one.y() >= other.y() + other.height() - HAIR
                || other.y() >= one.y() + one.height() - HAIR;
        assertThat(apart).as("%s and %s", one, other).isTrue();
      }
    }
    for (Layered.Line line : block.lines()) {
      Box to = boxes.get(line.to());
      int last = line.points().size();
      assertThat(line.points().get(last - 2)).isBetween(to.x(), to.x() + ModelDrawing.WIDTH);
      assertThat(line.points().get(last - 1)).isEqualTo(to.y());
      if (line.from() >= 0) {
        Box from = boxes.get(line.from());
        assertThat(line.points().get(1) == from.y() + from.height() || leavesAnother(line, block))
            .as("%s begins at what is read, or on another line from there", line)
            .isTrue();
        assertThat(from.y() + from.height()).isLessThan(to.y());
      }
      for (int i = 3; i < last; i += 2) {
        assertThat(line.points().get(i))
            .as("goes down")
            .isGreaterThanOrEqualTo(line.points().get(i - 2) - HAIR);
      }
    }
  }
}
