package dev.picasso.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes another model, and what does not. */
class ModelHashesTest {
  @TempDir Path folder;

  private Path model(String name) throws IOException {
    Path model = Files.createDirectories(folder.resolve(name).resolve("variables")).getParent();
    Files.writeString(model.resolve("saved_model.pb"), "graph");
    Files.writeString(model.resolve("variables/data"), "weights");
    return model;
  }

  private static String hash(Path path) {
    return ModelHashes.ofFiles(path).orElseThrow();
  }

  @Test
  void aFileHasTheHashThatOtherToolsCompute() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(hash(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aFolderIsItsNamesAndContents() throws IOException {
    Path first = model("first");
    Path second = model("second");
    Files.setLastModifiedTime(second.resolve("saved_model.pb"), FileTime.fromMillis(0));
    assertThat(hash(first)).isEqualTo(hash(second));
    Files.writeString(second.resolve("variables/data"), "others");
    assertThat(hash(first)).isNotEqualTo(hash(second));
    Path third = model("third");
    Files.move(third.resolve("variables/data"), third.resolve("data"));
    assertThat(hash(first)).isNotEqualTo(hash(third));
  }

  @Test
  void resultsInsideAndWhatLinksOutDoNotCount() throws IOException {
    Path model = model("model");
    String before = hash(model);
    Path outside = Files.writeString(folder.resolve("outside"), "a");
    Files.createSymbolicLink(model.resolve("link"), outside);
    Files.createSymbolicLink(model.resolve("round"), model);
    Path maps = Files.createDirectory(model.resolve("maps"));
    Files.writeString(maps.resolve("results.json"), "{}");
    Files.writeString(maps.resolve("a-1.npy"), "1");
    assertThat(hash(model)).isEqualTo(before);
    Files.createSymbolicLink(model.resolve("inside"), model.resolve("saved_model.pb"));
    assertThat(hash(model)).isNotEqualTo(before);
  }

  @Test
  void whatIsNotThereHasNone() {
    assertThat(ModelHashes.ofFiles(folder.resolve("nix"))).isEmpty();
  }

  private static Graph graph(String op, float weight) {
    Value x = new Value("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1));
    Node node = new Node("n", op, List.of("x", "w"), List.of("y"), Attributes.none());
    Value y = new Value("y", DataType.FLOAT, Shape.of(Shape.BATCH, 1));
    return Graph.of(
        List.of(x),
        List.of("y"),
        List.of(node),
        Map.of("w", Tensor.of(new float[] {weight}, 1)),
        Map.of("y", y));
  }

  @Test
  void aGraphIsItsOperationsAndNumbers() {
    String hash = ModelHashes.of(graph("Add", 1));
    assertThat(ModelHashes.of(graph("Add", 1))).isEqualTo(hash).hasSize(64);
    assertThat(ModelHashes.of(graph("Mul", 1))).isNotEqualTo(hash);
    assertThat(ModelHashes.of(graph("Add", Math.nextUp(1f)))).isNotEqualTo(hash);
  }
}
