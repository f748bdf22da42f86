package dev.picasso.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.TestData;
import dev.picasso.image.Preset;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.PreprocessingSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The models that Picasso knows. */
class CatalogueTest {
  private static final List<String> PUBLISHERS =
      List.of("github.com", "media.githubusercontent.com", "storage.googleapis.com");

  @TempDir Path folder;

  static Stream<CatalogueEntry> entries() {
    return Catalogue.standard().entries().stream();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void filesComeFromTheirPublishersOverHttpsAtFixedRevisions(CatalogueEntry entry) {
    assertThat(entry.files())
        .flatExtracting(RemoteFile::addresses)
        .allSatisfy(
            (URI address) -> {
              assertThat(address.getScheme()).isEqualTo("https");
              assertThat(address.getHost()).isIn(PUBLISHERS);
              assertThat(address.getPath()).doesNotContain("//", "%", "/main/", "/master/");
            });
    assertThat(entry.publisher()).isNotBlank();
    assertThat(entry.licence()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theFolderOfEachSaysWhatItIs(CatalogueEntry entry) throws IOException {
    PulledFolder made = new PulledFolder(entry, folder);
    for (RemoteFile file : entry.files()) {
      Files.writeString(folder.resolve(file.name()), "background\na\nb\n");
    }
    made.write();
    ConfiguredModel model =
        Configuration.read(made.configuration(), CatalogueTest.class.getClassLoader())
            .model(Optional.empty());
    assertThat(model.id()).isEqualTo(entry.name());
    assertThat(model.request().title()).isEqualTo(entry.title());
    assertThat(model.request().labels()).endsWith("a", "b").doesNotContain("");
    assertThat(model.request().labels().contains("background"))
        .as("only the network that has such a class")
        .isEqualTo(entry.name().equals("mobilenet-v2"));
    assertThat(model.preprocessing().preset()).contains(entry.input().preset());
    if (entry.input().preset() == Preset.TORCH) {
      assertThat(model.preprocessing().resize())
          .isEqualTo(new PreprocessingSettings.Resize.ShorterSide(256));
      assertThat(model.preprocessing().crop())
          .isEqualTo(new PreprocessingSettings.Crop.To(224, 224));
    }
    Path weights = folder.resolve(entry.model().name());
    boolean brought = entry.topology().isPresent();
    assertThat(model.request().options().weights())
        .isEqualTo(brought ? Optional.of(weights) : Optional.empty());
    assertThat(model.request().path())
        .isEqualTo(entry.topology().map(folder::resolve).orElse(weights));
  }

  /** The publisher's files themselves, where they lie on this machine. */
  @Test
  void sizesAndChecksumsAreThoseOfThePublishedFiles() throws IOException {
    Path published = TestData.require("tflite");
    for (RemoteFile file : Catalogue.standard().get("mobilenet-v2").files()) {
      assertThat(file.isAt(published.resolve(file.name()))).as(file.name()).isTrue();
    }
    assertThat(Files.readAllLines(published.resolve("imagenet_labels.txt")))
        .hasSize(1001)
        .startsWith("background", "tench, Tinca tinca")
        .endsWith("toilet tissue, toilet paper, bathroom tissue");
  }

  @ParameterizedTest
  @CsvSource({"mobilenetv2, did you mean mobilenet-v2?", "xyz, there are mobilenet-v2"})
  void aNameThatIsNotThereIsTold(String name, String words) {
    assertThatThrownBy(() -> Catalogue.standard().get(name))
        .isInstanceOf(PicassoException.class)
        .hasMessageStartingWith("The catalogue has no model " + name)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 0.0 kB",
    "21686, 22 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "3610798, 3.6 MB",
    "553467096, 553 MB",
    "999600000, 1.0 GB",
    "34359738368, 34 GB"
  })
  void sizesAreSaidAsPeopleSayThem(long bytes, String words) {
    assertThat(dev.picasso.Words.bytes(bytes)).isEqualTo(words);
  }
}
