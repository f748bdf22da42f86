package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import dev.picasso.format.SafeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose weights lie in another file, under names and behind links of every kind. */
class FilesOfAModelTest {
  private static final String DATA = "model.onnx_data";

  @TempDir Path folder;

  private static void requireReadable(Path model) {
    assertThat(ModelLoader.standard().load(ModelRequest.of(model)).scores().targets()).isEqualTo(2);
  }

  private static void requireRefused(Path model, String words) {
    assertThatThrownBy(() -> ModelLoader.standard().load(ModelRequest.of(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(words);
  }

  private static Path link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, link.getParent().relativize(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my weights.bin",
        "model [v2] (1).onnx_data",
        "Gewichte für alle.bin",
        "重み.data",
        "100%.bin",
        "50%25.bin",
        "a b/c d/é.bin",
        "weights:0.bin",
        ".data"
      })
  void dataOfAnyNameIsFoundAsItIsAndAsItIsStored(String name) throws IOException {
    requireReadable(
        SmallModel.writeWithData(
            folder.resolve("as it is/m.onnx"), 2, name, folder.resolve("as it is").resolve(name)));
    Path stored = folder.resolve("stored");
    requireReadable(
        SmallModel.writeWithData(
            stored.resolve("m.onnx"), 2, name, stored.resolve(SafeNames.path(name))));
  }

  @Test
  void namesOfWindowsAndOfOtherNormalizationsAreFound() throws IOException {
    Path stored = folder.resolve("stored/weights/größe.bin");
    requireReadable(
        SmallModel.writeWithData(
            folder.resolve("stored/m.onnx"), 2, "weights\\gro\u0308\u00dfe.bin", stored));
  }

  /** A repository in Hugging Face's cache; the data are stored, and named by a link. */
  private Path cached(String name) throws IOException {
    Path repository = folder.resolve("hub/models--somebody--net");
    Path blobs = repository.resolve("blobs");
    Path made = SmallModel.writeWithData(blobs.resolve("aaaa"), 2, DATA, blobs.resolve("bbbb"));
    Files.writeString(blobs.resolve("cccc"), "{\"id2label\": {\"0\": \"cat\", \"1\": \"dog\"}}");
    Path snapshot = repository.resolve("snapshots/12ab");
    link(snapshot.resolve("config.json"), blobs.resolve("cccc"));
    Path model = link(snapshot.resolve(name), made);
    link(model.resolveSibling(DATA), blobs.resolve("bbbb"));
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "onnx/model.onnx", "model"})
  void aModelInHuggingFacesCacheIsReadWithItsDataAndLabels(String name) throws IOException {
    Path model = cached(name);
    requireReadable(model);
    assertThat(ModelLoader.standard().load(ModelRequest.of(model)).classes())
        .containsExactly("cat", "dog");
  }

  @Test
  void aCopyOfTheModelMayHaveItsDataInTheCache() throws IOException {
    Path model = cached("onnx/model.onnx");
    Path copy = model.resolveSibling("copy.onnx");
    Files.copy(model.toRealPath(), copy);
    requireReadable(copy);
  }

  @ParameterizedTest
  @ValueSource(strings = {".git/annex/objects/Xq/f8/KEY/KEY", ".dvc/cache/files/md5/ab/cdef"})
  void storesOfWorkTreesBelongToThem(String stored) throws IOException {
    Path tree = folder.resolve("tree");
    Path model =
        SmallModel.writeWithData(tree.resolve("nets/m.onnx"), 2, DATA, tree.resolve(stored));
    link(model.resolveSibling(DATA), tree.resolve(stored));
    requireReadable(model);
  }

  @Test
  void dataLieBesideALinkOrBesideWhatItLeadsTo() throws IOException {
    Path far = folder.resolve("far");
    SmallModel.writeWithData(far.resolve("v3.onnx"), 2, DATA, far.resolve(DATA));
    Path first = link(folder.resolve("near/model.onnx"), far.resolve("v3.onnx"));
    requireReadable(first);
    link(folder.resolve("near").resolve(DATA), far.resolve(DATA));
    requireReadable(first);
    Path second = link(folder.resolve("other/model.onnx"), far.resolve("v3.onnx"));
    Files.move(far.resolve(DATA), folder.resolve("other").resolve(DATA));
    requireReadable(second);
  }

  @Test
  void linksThatLeadOutAreStillRefused() throws IOException {
    Path secret = folder.resolve("secret/data");
    Path model = SmallModel.writeWithData(folder.resolve("net/m.onnx"), 2, DATA, secret);
    link(folder.resolve("net").resolve(DATA), secret);
    requireRefused(model, "is a link that leads out of the model's folder");
    Path linked = link(folder.resolve("linked/m.onnx"), model);
    link(folder.resolve("linked").resolve(DATA), secret);
    requireRefused(linked, "is a link that leads out of the model's folder");
  }

  @Test
  void anotherRepositorysStoreIsNoPlaceForData() throws IOException {
    Path other = folder.resolve("hub/models--other--net/blobs/dddd");
    Path snapshot = folder.resolve("hub/models--somebody--net/snapshots/12ab");
    Path model = SmallModel.writeWithData(snapshot.resolve("m.onnx"), 2, DATA, other);
    link(snapshot.resolve(DATA), other);
    requireRefused(model, "is a link that leads out of the model's folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.bin", "/x.bin", "a/../../x.bin", "..\\x.bin", "C:\\x.bin", ""})
  void namesThatLeadOutAreRefused(String name) throws IOException {
    requireRefused(
        SmallModel.writeWithData(folder.resolve("net/m.onnx"), 2, name, folder.resolve("x.bin")),
        "is no plain path inside the model's folder");
  }

  @Test
  void escapedWaysOutLeadNowhere() throws IOException {
    requireRefused(
        SmallModel.writeWithData(
            folder.resolve("net/m.onnx"), 2, "%2e%2e%2fx.bin", folder.resolve("x.bin")),
        "is missing; copy it beside the model");
  }
}
