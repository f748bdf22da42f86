package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.Downloader;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.catalogue.Publisher;
import dev.picasso.catalogue.StandIn;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PullCommandTest {
  private static final byte[] LABELS = StandIn.labels("a", "b", "c", "d");

  @TempDir Path folder;

  private final Publisher publisher = Publisher.open();
  private ModelStore store =
      new ModelStore(new Catalogue(List.of()), Path.of(""), Downloader.standard());

  @BeforeEach
  void publish() throws IOException {
    byte[] model = Files.readAllBytes(TestModel.COLOUR.write(folder));
    CatalogueEntry good = entry("good", model, Publisher::well);
    CatalogueEntry gone = entry("gone", model, Publisher.status(404));
    store =
        new ModelStore(
            new Catalogue(List.of(good, gone)), folder.resolve("models"), Downloader.standard());
  }

  private CatalogueEntry entry(String name, byte[] model, Publisher.Manner manner) {
    return StandIn.entry(
        name,
        publisher.file(name + ".onnx", model, manner),
        publisher.file(name + ".txt", LABELS, Publisher::well),
        10);
  }

  @AfterEach
  void close() {
    publisher.close();
    System.clearProperty("picasso.models");
  }

  private Terminal pull(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new PullCommand(() -> store));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          command.getErr().println(problem.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    return new Terminal(line.execute(words), out.toString(), err.toString());
  }

  @Test
  void withoutANameItListsWhatThereIs() {
    Terminal list = pull();
    assertThat(list.code()).isZero();
    assertThat(list.out())
        .contains("good  ", "A stand-in: gone. Small, for tests")
        .contains("picasso pull NAME gets one, into " + folder.resolve("models"))
        .doesNotContain("  here  ");
    pull("good");
    assertThat(pull("--list").out()).containsPattern("good +[0-9.]+ kB +here +A stand-in: good");
    assertThat(pull("--list").out()).isEqualTo(pull().out());
  }

  @Test
  void aPulledModelLiesInAFolderAndTheNextCommandIsTold() {
    Terminal done = pull("good");
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .isEqualTo(
            "A stand-in: good is in %s%n  picasso explain good photo.jpg%n"
                .formatted(folder.resolve("models/good")));
    assertThat(done.err())
        .containsPattern("^good: [0-9.]+ kB from 127.0.0.1 \\(The test; licence: none\\)")
        .doesNotContain("\r");
    Terminal again = pull("good");
    assertThat(again.out()).startsWith("A stand-in: good was there already, in ");
    assertThat(again.err()).isEmpty();
    assertThat(publisher.asked()).hasSize(2);
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthers() {
    Terminal done = pull("gone", "good");
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("gone.onnx cannot be downloaded.\n  127.0.0.1: answers 404");
    assertThat(done.out()).contains("A stand-in: good is in ");
  }

  @Test
  void aNameThatIsNotThereIsToldBeforeAnythingIsAsked() {
    Terminal done = pull("good", "goof");
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err())
        .isEqualToIgnoringNewLines("The catalogue has no model goof; did you mean good?");
    assertThat(publisher.asked()).isEmpty();
  }

  @Test
  void progressIsALineAtEveryTenthWhereNobodyWatches() {
    StringWriter out = new StringWriter();
    PullProgress progress = PullProgress.on(new PrintWriter(out), "m");
    for (int bytes = 0; bytes <= 1000; bytes += 50) {
      progress.progress(bytes * 1000L, 1_000_000);
    }
    progress.end();
    assertThat(out.toString().lines())
        .hasSize(9)
        .startsWith("m, 100 kB of 1.0 MB")
        .endsWith("m, 900 kB of 1.0 MB");
  }

  @Test
  void commandsTakeTheNameOfAPulledModel() throws IOException {
    System.setProperty("picasso.models", folder.resolve("models").toString());
    Path place = Files.createDirectories(folder.resolve("models/squeezenet1.1"));
    Terminal missing = Terminal.run("inspect", "squeezenet1.1");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualToIgnoringNewLines(
            "squeezenet1.1 is a model of the catalogue, and not on this machine yet (5.0 MB). Get"
                + " it once:  picasso pull squeezenet1.1");

    CatalogueEntry entry = Catalogue.standard().get("squeezenet1.1");
    Files.writeString(
        place.resolve("imagenet_labels.txt"), " ".repeat((int) entry.labels().file().size()));
    Path image = Samples.image(folder.resolve("image.png"));
    Path model = TestModel.COLOUR.write(place);
    byte[] padded = new byte[(int) entry.model().size()]; // as large as the real one
    Files.write(place.resolve(entry.model().name()), padded);
    Files.writeString(
        place.resolve("picasso.yaml"),
        "models: [{path: " + model.getFileName() + ", preprocessing: {preset: torch}}]");
    Terminal done = Terminal.run("predict", "squeezenet1.1", image);
    assertThat(done.err()).isEmpty();
    assertThat(done.out()).contains("class ");
    assertThat(Offer.of(Optional.of(Path.of("squeezenet1.1")), ModelStore.standard()).models())
        .hasSize(1);
    assertThat(Offer.of(Optional.empty(), ModelStore.standard()).models())
        .extracting(m -> m.request().path())
        .contains(model);
  }

  @Test
  void aFileOfThatNameGoesBefore() throws IOException {
    Path file = Files.writeString(folder.resolve("vgg16"), "");
    assertThat(CatalogueModels.resolve(file, store)).isEqualTo(file);
    Path elsewhere = Path.of("some", "good");
    assertThat(CatalogueModels.resolve(elsewhere, store)).isEqualTo(elsewhere);
    assertThat(CatalogueModels.resolve(Path.of("unknown"), store)).isEqualTo(Path.of("unknown"));
    pull("good");
    assertThat(CatalogueModels.resolve(Path.of("good"), store))
        .isEqualTo(folder.resolve("models/good"));
  }
}
