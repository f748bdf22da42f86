package dev.picasso.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.catalogue.Publisher.Manner;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final byte[] LABELS = StandIn.labels("cat", "dog: a #1", "'cow'", "owl, barn owl");

  @TempDir Path folder;

  private final Publisher publisher = Publisher.open();
  private byte[] model = {};

  @BeforeEach
  void makeModel() throws IOException {
    model = Files.readAllBytes(TestModel.COLOUR.write(folder));
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  private CatalogueEntry entry(Manner manner) {
    return StandIn.entry(
        "small",
        publisher.file("small.onnx", model, manner),
        publisher.file("names.txt", LABELS, Publisher::well),
        10);
  }

  private ModelStore store(CatalogueEntry... entries) {
    return new ModelStore(
        new Catalogue(List.of(entries)), folder.resolve("data/models"), Downloader.standard());
  }

  private static ConfiguredModel configured(Path place) {
    return Configuration.read(place.resolve("picasso.yaml"), ModelStoreTest.class.getClassLoader())
        .model(Optional.empty());
  }

  @Test
  void aPulledModelIsAFolderThatLoads() throws IOException {
    CatalogueEntry entry = entry(Publisher::well);
    ModelStore store = store(entry);
    assertThat(store.has(entry)).isFalse();
    Path place = store.pull(entry, PullListener.NONE);
    assertThat(place).isEqualTo(folder.resolve("data/models/small"));
    assertThat(store.has(entry)).isTrue();
    assertThat(store.pulled()).containsExactly(entry);
    Model loaded = ModelLoader.standard().load(configured(place).request());
    assertThat(loaded.classes()).containsExactly("cat", "dog: a #1", "'cow'", "owl, barn owl");
    assertThat(loaded.title()).isEqualTo(entry.title());
    assertThat(Files.readString(place.resolve("picasso.yaml")))
        .contains("# Publisher: The test\n# Licence:   none\n")
        .contains("# small.onnx, " + Publisher.sha256(model))
        .contains("#   " + publisher.address("/small.onnx"));
    try (var files = Files.list(place)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())))
          .containsExactlyInAnyOrder("small.onnx", "names.txt", "labels.txt", "picasso.yaml");
    }
  }

  @Test
  void progressIsOfAllFilesTogether() {
    CatalogueEntry entry = entry(Publisher::well);
    List<Long> told = new ArrayList<>();
    store(entry)
        .pull(
            entry,
            new PullListener() {
              @Override
              public void progress(long bytes, long of) {
                assertThat(of).isEqualTo(LABELS.length + model.length);
                told.add(bytes);
              }

              @Override
              public boolean cancelled() {
                return false;
              }
            });
    assertThat(told).isSorted().startsWith(0L).endsWith((long) LABELS.length + model.length);
  }

  @Test
  void whatIsHereNeedsNoNetwork() throws IOException {
    CatalogueEntry entry = entry(Publisher::well);
    Path place = store(entry).pull(entry, PullListener.NONE);
    publisher.close();
    Files.delete(place.resolve("picasso.yaml"));
    assertThat(store(entry).has(entry)).isFalse();
    store(entry).pull(entry, PullListener.NONE);
    assertThat(store(entry).has(entry)).isTrue();
  }

  @Test
  void aFilePutThereByHandIsTaken() throws IOException {
    URI nowhere = URI.create("https://models.example/small.onnx");
    CatalogueEntry entry =
        StandIn.entry(
            "small",
            Publisher.file("small.onnx", model, nowhere),
            Publisher.file("names.txt", LABELS, nowhere),
            10);
    Path place = Files.createDirectories(folder.resolve("data/models/small"));
    Files.write(place.resolve("small.onnx"), model);
    Files.write(place.resolve("names.txt"), LABELS);
    store(entry).pull(entry, PullListener.NONE);
    assertThat(store(entry).has(entry)).isTrue();
  }

  @Test
  void aConfigurationThatThePersonChangedStaysWhileTheFilesAreTheSame() throws IOException {
    CatalogueEntry entry = entry(Publisher::well);
    ModelStore store = store(entry);
    Path yaml = store.pull(entry, PullListener.NONE).resolve("picasso.yaml");
    Files.writeString(yaml, "models: [{path: small.onnx, title: Mine}]\n");
    store.pull(entry, PullListener.NONE);
    assertThat(configured(store.folder(entry)).request().title()).isEqualTo("Mine");
    Files.write(store.folder(entry).resolve("small.onnx"), new byte[] {1});
    store.pull(entry, PullListener.NONE);
    assertThat(configured(store.folder(entry)).request().title()).isEqualTo(entry.title());
  }

  @Test
  void whatFailsIsNoModelYetAndGoesOnLater() throws IOException {
    CatalogueEntry broken = entry(Publisher.cutAfter(0));
    assertThatThrownBy(() -> store(broken).pull(broken, PullListener.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("small.onnx cannot be downloaded");
    assertThat(store(broken).has(broken)).isFalse();
    assertThat(folder.resolve("data/models/small/picasso.yaml")).doesNotExist();
  }

  @Test
  void twoAtOnceDownloadItOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CatalogueEntry entry =
        entry(
            (exchange, content) -> {
              begun.countDown();
              await(goOn);
              Publisher.well(exchange, content);
            });
    ModelStore store = store(entry);
    CompletableFuture<Path> first =
        CompletableFuture.supplyAsync(() -> store.pull(entry, PullListener.NONE));
    begun.await();
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Path> second =
        CompletableFuture.supplyAsync(() -> store.pull(entry, new Noticing(waiting)));
    waiting.await(); // it asks whether to go on waiting, so it has found the other
    goOn.countDown();
    assertThat(first.get()).isEqualTo(second.get());
    assertThat(publisher.asked()).containsExactly("/names.txt", "/small.onnx");
    assertThat(store.has(entry)).isTrue();
  }

  @Test
  void whoWaitsForAnotherCanStop() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CatalogueEntry entry =
        entry(
            (exchange, content) -> {
              begun.countDown();
              await(goOn);
              Publisher.well(exchange, content);
            });
    ModelStore store = store(entry);
    CompletableFuture<Path> first =
        CompletableFuture.supplyAsync(() -> store.pull(entry, PullListener.NONE));
    begun.await();
    assertThatThrownBy(() -> store.pull(entry, new DownloaderTest.StopsAt(0)))
        .isInstanceOf(PullCancelledException.class);
    goOn.countDown();
    first.get();
    assertThat(store.has(entry)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notices the question whether to stop. */
  private record Noticing(CountDownLatch asked) implements PullListener {
    @Override
    public void progress(long bytes, long of) {}

    @Override
    public boolean cancelled() {
      asked.countDown();
      return false;
    }
  }

  @Test
  void noRoomIsSaidBeforeAnythingIsAsked() {
    RemoteFile huge =
        new RemoteFile(
            "huge.onnx",
            List.of(publisher.address("/huge.onnx")),
            Long.MAX_VALUE / 2,
            Publisher.sha256(model));
    RemoteFile labels = publisher.file("names.txt", LABELS, Publisher::well);
    CatalogueEntry entry = StandIn.entry("huge", huge, labels, 10);
    assertThatThrownBy(() -> store(entry).pull(entry, PullListener.NONE))
        .isInstanceOf(PicassoException.class)
        .hasMessageStartingWith("huge needs ")
        .hasMessageContaining("PICASSO_MODELS");
    assertThat(publisher.asked()).isEmpty();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsTold() throws IOException {
    Files.writeString(folder.resolve("data"), "a file is in the way");
    CatalogueEntry entry = entry(Publisher::well);
    assertThatThrownBy(() -> store(entry).pull(entry, PullListener.NONE))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("PICASSO_MODELS");
  }
}
