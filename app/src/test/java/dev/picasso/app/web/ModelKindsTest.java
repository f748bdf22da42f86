package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.Zoo;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import dev.picasso.model.SmallModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads of models that are several files, folders or archives. */
class ModelKindsTest {
  private static final String SAVED = "sm2_shards";
  private static final byte[] LABELS = bytes("0 ant\n1 bee\n2 cat\n3 dog\n4 eel\n");

  @RegisterExtension static final TestServer SERVER = new TestServer();

  // -------------------------------------------------------------------- files

  /** All files of a folder of the zoo, under paths that begin with the folder's name. */
  private static List<Upload> folder(String name) {
    Path folder = Zoo.file(name);
    try (Stream<Path> files = Files.walk(folder)) {
      List<Upload> all = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = folder.resolveSibling("").relativize(file).toString().replace('\\', '/');
        all.add(new Upload(path, Files.readAllBytes(file)));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Upload> renamed(List<Upload> files, UnaryOperator<String> name) {
    return files.stream().map(f -> new Upload(name.apply(f.name()), f.content())).toList();
  }

  /** Without folders, as a file dialog hands them over. */
  private static List<Upload> flat(List<Upload> files) {
    return renamed(files, name -> name.substring(name.lastIndexOf('/') + 1));
  }

  private static List<Upload> and(List<Upload> files, Upload... more) {
    return Stream.concat(files.stream(), Stream.of(more)).toList();
  }

  private static List<Upload> only(List<Upload> files, String end) {
    List<Upload> some = files.stream().filter(f -> f.name().contains(end)).toList();
    assertThat(some).isNotEmpty();
    return some;
  }

  private static Upload file(String zoo, String as) {
    try {
      return new Upload(as, Files.readAllBytes(Zoo.file(zoo)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Upload> zip(String name, List<Upload> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Upload file : files) {
        zip.putNextEntry(new ZipEntry(file.name()));
        zip.write(file.content());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(new Upload(name, bytes.toByteArray()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Answer send(Client person, List<Upload> files) {
    return person.upload("/api/v1/models", files.toArray(Upload[]::new));
  }

  // -------------------------------------------------------------------- taken

  static Stream<Arguments> models() {
    List<Upload> saved = folder(SAVED);
    List<Upload> checkpoint = flat(folder("ckpt_v2"));
    List<Upload> first = flat(folder("ckpt_v1"));
    List<Upload> web = flat(folder("tfjs_lenet_uint16"));
    Upload litter = new Upload("__MACOSX/._saved_model.pb", bytes("x"));
    Upload text = new Upload("README.md", bytes("# A model"));
    return Stream.of(
        Arguments.of("a SavedModel's folder", saved, SAVED, "SavedModel"),
        Arguments.of("a folder of versions", versions(saved), "net", "SavedModel"),
        Arguments.of("picked files of a SavedModel", flat(saved), "saved_model", "SavedModel"),
        Arguments.of("a zip of the folder", zip("net.zip", saved), SAVED, "SavedModel"),
        Arguments.of(
            "a zip of what is in it",
            zip("net.zip", renamed(saved, n -> n.substring(SAVED.length() + 1))),
            "net",
            "SavedModel"),
        Arguments.of(
            "a zip with more in it",
            zip("x.zip", and(renamed(saved, n -> "a/b/" + n), litter, text)),
            SAVED,
            "SavedModel"),
        Arguments.of("a zip without an ending", zip("download", saved), SAVED, "SavedModel"),
        Arguments.of("a checkpoint", checkpoint, "model.ckpt-7", "checkpoint"),
        Arguments.of(
            "a zip of a checkpoint", zip("c.zip", checkpoint), "model.ckpt-7", "checkpoint"),
        Arguments.of("an old checkpoint", first, "model.ckpt-7", "checkpoint"),
        Arguments.of("a graph model", web, "model", "TensorFlow.js graph"),
        Arguments.of(
            "a graph model's folder",
            folder("tfjs_lenet_uint16"),
            "tfjs_lenet_uint16",
            ".js graph"),
        Arguments.of(
            "a frozen graph", List.of(file("net_lenet.pb", "lenet.pb")), "lenet", "frozen graph"),
        Arguments.of(
            "one without an ending",
            List.of(file("net_lenet.pb", "lenet")),
            "lenet",
            "frozen graph"),
        Arguments.of(
            "a graph as text",
            List.of(file("net_learning_phase.pbtxt", "net.pbtxt")),
            "net",
            "frozen graph"),
        Arguments.of(
            "a TensorFlow Lite file",
            List.of(file("tflite/net_float.tflite", "net.tflite")),
            "net",
            "TensorFlow Lite"),
        Arguments.of(
            "one without an ending",
            List.of(file("tflite/net_int8.tflite", "net")),
            "net",
            "TensorFlow Lite"),
        Arguments.of(
            "a zip of another kind",
            zip("k.zip", List.of(new Upload("colours.onnx", SERVER.modelFile()))),
            "colours-2",
            "ONNX"));
  }

  private static List<Upload> versions(List<Upload> saved) {
    return Stream.of("net/1", "net/12")
        .flatMap(v -> renamed(saved, n -> v + n.substring(SAVED.length())).stream())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void filesOfOneModelAreItTogether(String what, List<Upload> files, String id, String format) {
    Client person = SERVER.person();
    Answer answer = send(person, files);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("id").asText()).isEqualTo(id);
    assertThat(answer.json().path("state").asText()).isEqualTo("ready");
    assertThat(answer.json().path("format").asText()).contains(format);
  }

  @Test
  void labelsBesideAModelOfSeveralFilesAreUsed() {
    for (List<Upload> files :
        List.of(
            and(folder(SAVED), new Upload("labels.txt", LABELS)),
            and(folder(SAVED), new Upload(SAVED + "/labels.txt", LABELS)),
            zip("net.zip", and(folder(SAVED), new Upload(SAVED + "/labels.txt", LABELS))),
            and(flat(folder("ckpt_v2")), new Upload("labels.txt", LABELS)))) {
      JsonNode model = send(SERVER.person(), files).json();
      assertThat(model.at("/classes/4").asText()).isEqualTo("eel");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weights.bin | weights.bin | weights.bin",
        "my weights (1).bin | my weights (1).bin | my weights (1).bin",
        "poids [é].bin | poids [é].bin | poids [é].bin",
        "重み.bin | UTF-8''%E9%87%8D%E3%81%BF.bin | 重み.bin",
        "a b.bin | a%20b.bin | a b.bin",
        "say \"w\".bin | say %22w%22.bin | say _w_.bin",
        "data/w é.bin | net/data/w é.bin | w é.bin",
      })
  void dataBesideAModelAreFoundUnderAnyName(
      String location, String sent, String stored, @TempDir Path folder) throws IOException {
    Path data = folder.resolve("sent");
    Path model = SmallModel.writeWithData(folder.resolve("m.onnx"), 3, location, data);
    String beside = sent.startsWith("net/") ? "net/" : "";
    Answer answer =
        send(
            SERVER.person(),
            List.of(
                new Upload(beside + "mein Netz.onnx", Files.readAllBytes(model)),
                new Upload(sent, Files.readAllBytes(data))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("title").asText()).isEqualTo("mein Netz.onnx");
    assertThat(answer.json().path("id").asText()).isEqualTo("mein_Netz");
    assertThat(SERVER.storedFiles()).contains(stored);
  }

  @Test
  void labelsAreFoundUnderTheirUsualNamesInZipsToo() {
    Upload labels = new Upload("sub/class_names.txt", bytes("2 blue\n0 red\n1 green"));
    for (List<Upload> files :
        List.of(
            List.of(new Upload("x.onnx", SERVER.modelFile()), labels),
            zip("z.zip", List.of(new Upload("x.onnx", SERVER.modelFile()), labels)))) {
      JsonNode model = send(SERVER.person(), files).json();
      assertThat(model.at("/classes/2").asText()).as(model.toString()).isEqualTo("blue");
      assertThat(model.path("notes").toString())
          .contains("The labels come from ")
          .contains("sub/class_names.txt beside the model.");
    }
  }

  @Test
  void labelsOfAnotherNumberAreSaidAndLeftOut() {
    Answer answer =
        send(
            SERVER.person(),
            List.of(new Upload("x.onnx", SERVER.modelFile()), new Upload("labels.txt", LABELS)));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("classes")).isEmpty();
    assertThat(answer.json().path("notes").toString())
        .contains("labels.txt beside the model has 5 labels for 3 classes; they are left out.");
  }

  @Test
  void archivesAreNotKeptBesideWhatTheyHeld() throws IOException {
    send(
        SERVER.person(),
        zip("kept-archive.zip", and(folder(SAVED), new Upload("kept-text", LABELS))));
    assertThat(SERVER.storedFiles())
        .contains("kept-text")
        .doesNotContain("kept-archive.zip", ".archive");
  }

  // ------------------------------------------------------------------ refused

  static Stream<Arguments> refusals() throws IOException {
    List<Upload> saved = folder(SAVED);
    List<Upload> checkpoint = flat(folder("ckpt_v2"));
    byte[] whole = zip("cut.zip", saved).get(0).content();
    byte[] zeros = new byte[(int) TestServer.LIMITS.modelBytes() + 1];
    List<Upload> many = new ArrayList<>();
    for (int i = 0; i < 2001; i++) {
      many.add(new Upload(i + ".txt", bytes("")));
    }
    Upload onnx = new Upload("a.onnx", SERVER.modelFile());
    return Stream.of(
        arguments(
            "the graph alone", only(flat(saved), ".pb"), "variables/variables.index is missing"),
        arguments("variables alone", only(flat(saved), "variables."), "saved_model.pb, is missing"),
        arguments("a shard of these", only(flat(saved), "data-00000"), "weights of a SavedModel"),
        arguments("a meta graph alone", only(checkpoint, ".meta"), "Copy model.ckpt-7.index and"),
        arguments(
            "an index alone", only(checkpoint, ".index"), "the file model.ckpt-7.meta is not"),
        arguments("a shard alone", only(checkpoint, ".data-"), "needs model.ckpt-7.index and"),
        arguments("the note of a checkpoint", only(checkpoint, "checkpoint"), "only tells which"),
        arguments(
            "a shard of a graph model", only(folder("tfjs_lenet_uint16"), "group1"), "model.json"),
        arguments(
            "several signatures", folder("sm2_two_signatures"), "classify (takes image: float"),
        arguments(
            "two models",
            List.of(onnx, new Upload("b/b.onnx", onnx.content())),
            "These are several models: a.onnx, b/b.onnx. Open one at a time."),
        arguments(
            "a path out",
            zip("z.zip", List.of(new Upload("../x.onnx", onnx.content()))),
            "outside"),
        arguments(
            "an absolute path",
            zip("z.zip", List.of(new Upload("/x.onnx", new byte[1]))),
            "outside"),
        arguments(
            "a path of Windows",
            zip("z.zip", List.of(new Upload("..\\x", new byte[1]))),
            "outside"),
        arguments("a drive", zip("z.zip", List.of(new Upload("C:\\x", new byte[1]))), "outside"),
        arguments(
            "too deep",
            zip("z.zip", List.of(new Upload("a/".repeat(11) + "x", zeros))),
            "10 folders"),
        arguments("many files", zip("z.zip", many), "holds more than 2000 files"),
        arguments(
            "a cut archive",
            List.of(new Upload("cut.zip", java.util.Arrays.copyOf(whole, 900))),
            "cut off"),
        arguments(
            "no model", zip("z.zip", List.of(new Upload("a.txt", LABELS))), "none of the files"),
        arguments(
            "two archives",
            and(zip("a.zip", saved), zip("b.zip", saved).get(0)),
            "several archives"),
        arguments("an empty archive", zip("z.zip", List.of()), "none of the files in the archive"),
        arguments(
            "a damaged .keras", zip("z.keras", List.of(new Upload("a.txt", LABELS))), "z.keras"));
  }

  private static Arguments arguments(String what, List<Upload> files, String words) {
    return Arguments.of(what, files, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatIsNoModelIsToldWithWhatToDo(String what, List<Upload> files, String words)
      throws IOException {
    Client person = SERVER.person();
    int before = SERVER.storedFiles().size();
    Answer answer = send(person, files);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).contains(words).doesNotContain("/tmp").doesNotContain("Exception");
    assertThat(person.get("/api/v1/models").json().path("models")).hasSize(2);
    assertThat(SERVER.storedFiles().size()).isLessThanOrEqualTo(before + 1);
  }

  /** Three megabytes of zeros are three kilobytes as an archive. */
  @Test
  void archivesAreBoundedByWhatTheyHold() {
    byte[] part = new byte[(int) TestServer.LIMITS.modelBytes() / 2];
    for (String name : new String[] {"a", "__MACOSX/a"}) {
      List<Upload> parts =
          List.of(
              new Upload(name + 1, part), new Upload(name + 2, part), new Upload(name + 3, part));
      Answer answer = send(SERVER.person(), zip("bomb.zip", parts));
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.problem())
          .isEqualTo("bomb.zip: unpacked, the archive is larger than 1 MB.");
    }
  }

  @Test
  void filesOfOneNameInOneFolderAreRefused() {
    Answer answer =
        send(SERVER.person(), List.of(new Upload("a/x.h5", LABELS), new Upload("a\\x.h5", LABELS)));
    assertThat(answer.problem()).isEqualTo("Two of the files are called a/x.h5.");
  }
}
