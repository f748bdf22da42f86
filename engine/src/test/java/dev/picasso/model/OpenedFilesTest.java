package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import dev.picasso.model.config.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in archives, as programs that train them hand them out. */
class OpenedFilesTest {
  @TempDir Path folder;

  private byte[] model = new byte[0];

  @BeforeEach
  void makeAModel() throws IOException {
    model = Files.readAllBytes(SmallModel.write(folder.resolve("made/m.onnx"), 2));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path zip(String name, Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return file;
  }

  /** Folders of ours among the temporary ones. */
  private static Set<Path> unpacked() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().matches("picasso-\\d+"))
          .filter(f -> Files.exists(f.resolve("our-mark")))
          .collect(Collectors.toSet());
    }
  }

  private static Model load(Path file) {
    return ModelLoader.standard().load(ModelRequest.of(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "converted/", "a/b/"})
  void aZipIsTheModelInIt(String inside) throws IOException {
    Path zip =
        zip(
            "converted.zip",
            Map.of(
                inside + "network.onnx",
                model,
                inside + "labels.txt",
                text("0 Katze\n1 Hund\n"),
                inside + "our-mark",
                text("x"),
                "__MACOSX/._network.onnx",
                text("x")));
    Model loaded = load(zip);
    assertThat(loaded.classes()).containsExactly("Katze", "Hund");
    assertThat(loaded.id()).isEqualTo("converted");
    assertThat(loaded.path()).isEqualTo(zip);
    assertThat(loaded.imported().notes())
        .contains(
            "The model is " + inside + "network.onnx in converted.zip.",
            "The labels come from labels.txt beside the model.");
    assertThat(unpacked()).isEmpty();
  }

  @Test
  void aConfigurationMayNameAZip() throws IOException {
    zip("net.zip", Map.of("m.onnx", model));
    Files.writeString(
        folder.resolve("picasso.yaml"), "models: [{path: net.zip, labels: [cat, dog]}]");
    Configuration configuration =
        Configuration.read(folder.resolve("picasso.yaml"), getClass().getClassLoader());
    ModelRequest request = configuration.model(Optional.empty()).request();
    assertThat(ModelLoader.standard().load(request).classes()).containsExactly("cat", "dog");
  }

  @Test
  void whatIsWrongWithAZipIsSaidAndNothingIsKept() throws IOException {
    Map<String, byte[]> two = new LinkedHashMap<>();
    two.put("a.onnx", model);
    two.put("b/b.onnx", model);
    two.put("our-mark", text("x"));
    byte[] whole =
        Files.readAllBytes(zip("whole.zip", Map.of("our-mark", text("x"), "m.onnx", model)));
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length * 2 / 3));
    Path endless = Files.write(folder.resolve("end.zip"), Arrays.copyOf(whole, whole.length - 22));
    Map<Path, String> problems =
        Map.of(
            zip("two.zip", two),
            "two.zip: holds several models: a.onnx, b/b.onnx. Unpack it and name one of them.",
            zip("none.zip", Map.of("our-mark", text("x"), "labels.txt", text("a"))),
            "none.zip: none of the files in the archive is a model.",
            zip("out.zip", Map.of("../out.onnx", model)),
            "out.zip: the archive names a file outside of its folder.",
            zip("broken.zip", Map.of("our-mark", text("x"), "m.onnx", Arrays.copyOf(model, 200))),
            "m.onnx: is damaged, cut off, or no ONNX model. Copy or export it again.",
            cut,
            "cut.zip: the archive is damaged or cut off.",
            endless,
            "end.zip: the archive is damaged or cut off.");
    problems.forEach(
        (file, problem) ->
            assertThatThrownBy(() -> load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(problem));
    assertThat(unpacked()).isEmpty();
    assertThat(Files.exists(folder.resolveSibling("out.onnx"))).isFalse();
  }

  @Test
  void namesInAZipStayAsTheyAre() throws IOException {
    Path zip =
        zip(
            "x.zip",
            Map.of("Ordner (1)/mein Netz ü.onnx", model, "Ordner (1)/labels.txt", text("a\nb")));
    assertThat(load(zip).imported().notes())
        .contains("The model is Ordner (1)/mein Netz ü.onnx in x.zip.");
    assertThat(load(zip).classes()).isEqualTo(List.of("a", "b"));
  }
}
