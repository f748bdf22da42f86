package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportedModel;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.Head;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelAdapter;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Provenance;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.testkit.TestImages;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model that plugins say how to use, while these change. */
class ServedModelTest {
  private final AtomicReference<List<ModelAdapter>> adapters = new AtomicReference<>(List.of());
  private final ModelLoading loading = new ModelLoading(Device.CPU, adapters::get);

  @TempDir Path folder;
  private ServedModel model;

  @BeforeEach
  void serve() throws IOException {
    model = new ServedModel(ConfiguredModel.of(TestModel.COLOUR.write(folder)), loading);
  }

  @AfterEach
  void end() {
    model.close();
    loading.close();
  }

  /** For one kind of file. */
  private record Named(String end) implements ModelAdapter {
    @Override
    public String id() {
      return end;
    }

    @Override
    public String title() {
      return end;
    }

    @Override
    public boolean isFor(Path file, ImportedModel imported) {
      return file.toString().endsWith(end);
    }

    @Override
    public ImagePreprocessor input(InputSpec input) {
      return new Preprocessor(Preprocessing.of(input.height(), input.width()).with(input.layout()));
    }
  }

  /** For all models, of which it says how they are used when it is let. */
  private record Slow(CountDownLatch let) implements ModelAdapter {
    @Override
    public String id() {
      return "slow";
    }

    @Override
    public String title() {
      return "Slow";
    }

    @Override
    public boolean isFor(Path file, ImportedModel imported) {
      return true;
    }

    @Override
    public ImagePreprocessor input(InputSpec input) {
      try {
        let.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Named("").input(input);
    }
  }

  private static float[] predicted(ReadyModel ready) {
    return ready
        .explainer()
        .predict(ready.prepare(TestImages.all().get(0)).prepared().x())
        .scores()
        .floats();
  }

  @Test
  void whatIsKnownOfItsFilesIsNotFoundOutAnewOfACopy() {
    Provenance.OfModel known = model.identity();
    ConfiguredModel elsewhere = ConfiguredModel.of(folder.resolve("copy.onnx")); // not there
    try (ServedModel copy = model.copied(elsewhere, loading)) {
      assertThat(copy.identity()).isEqualTo(known.at("copy", folder.resolve("copy.onnx")));
      assertThat(copy.fileHash()).contains(known.sha256());
      assertThat(copy.state()).isEqualTo(ServedModel.State.IDLE);
    }
  }

  @Test
  void itsFileIsNotReadWhereItsHashIsKnown() {
    String hash = "ab".repeat(32);
    model.knowing(hash);
    assertThat(model.fileHash()).contains(hash);
    assertThat(model.identity().sha256()).isEqualTo(hash);
  }

  @Test
  void aChangedOneUsesWhatWasLoadedAndOutlivesTheOther() {
    float[] before = model.use(ServedModelTest::predicted);
    ConfiguredModel said = model.configured();
    ServedModel called =
        model.changed(
            said.with(said.request().withLabels(List.of("a", "b", "c", "d"), "")), List.of("told"));
    assertThat(called.state()).isEqualTo(ServedModel.State.READY);
    assertThat(called.given()).isNotEqualTo(model.given());
    assertThat(called.said()).containsExactly("told");
    model.close();
    assertThat(called.use(ServedModelTest::predicted)).isEqualTo(before);
    ServedModel headed =
        called.changed(
            called
                .configured()
                .with(called.configured().request().withHead(Optional.of(Head.Kind.NUMBERS))),
            List.of());
    called.close();
    Model read = headed.use(ReadyModel::model);
    assertThat(read.scores().areProbabilities()).isFalse();
    assertThat(read.classes()).containsExactly("a", "b", "c", "d");
    assertThat(loading.loads()).isEqualTo(1);
    ServedModel wrong =
        headed.changed(said.with(said.request().withLabels(List.of("a", "b"), "")), List.of());
    assertThat(wrong.state()).isEqualTo(ServedModel.State.FAILED);
    assertThat(wrong.problem().orElse("")).contains("4 classes, but there are 2 labels");
    headed.close();
  }

  @Test
  void itIsLoadedAnewForAnAdapterAndWorkUnderWayKeepsTheOldOne() {
    model.use(
        before -> {
          adapters.set(List.of(new Named("colour.onnx")));
          model.use(
              after -> {
                assertThat(after).isNotSameAs(before);
                assertThat(after.model().adapter()).contains(new Named("colour.onnx"));
                return predicted(after);
              });
          assertThat(before.model().adapter()).isEmpty();
          return predicted(before);
        });
    ReadyModel now = model.use(ready -> ready);
    assertThat(model.<ReadyModel>use(ready -> ready)).isSameAs(now);
  }

  @Test
  @Timeout(60)
  void whoeverLooksAtItWhileItIsLoadedAnewWaitsForNothing() {
    boolean adapted = model.use(ready -> ready.model().adapter().isPresent());
    assertThat(adapted).isFalse();
    CountDownLatch let = new CountDownLatch(1);
    adapters.set(List.of(new Slow(let)));
    assertThat(model.ready()).isEmpty();
    assertThat(model.state()).isEqualTo(ServedModel.State.LOADING);
    assertThat(model.slots()).isEmpty();
    let.countDown();
    adapted = model.use(ready -> ready.model().adapter().isPresent());
    assertThat(adapted).isTrue();
    assertThat(model.ready()).isPresent();
  }

  @Test
  void whatNoWorkUsesAnyMoreIsClosed() {
    ReadyModel before = model.use(ready -> ready);
    adapters.set(List.of(new Named("colour.onnx")));
    ReadyModel after = model.use(ready -> ready);
    assertThatThrownBy(() -> predicted(before)).isInstanceOf(IllegalStateException.class);
    assertThat(predicted(after)).isNotEmpty();
    model.close();
    assertThatThrownBy(() -> predicted(after)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAdapterOfOtherModelsChangesNothing() {
    ReadyModel before = model.use(ready -> ready);
    adapters.set(List.of(new Named("other.onnx")));
    assertThat(model.<ReadyModel>use(ready -> ready)).isSameAs(before);
  }

  @Test
  void aModelThatRestsGivesItsMemoryBackAndIsLoadedAgain() {
    model.unload();
    assertThat(model.state()).as("it never was").isEqualTo(ServedModel.State.IDLE);
    int targets = model.use(ready -> ready.model().scores().targets());
    assertThat(model.state()).isEqualTo(ServedModel.State.READY);
    model.unload();
    assertThat(model.state()).isEqualTo(ServedModel.State.IDLE);
    int again = model.use(ready -> ready.model().scores().targets());
    assertThat(again).isEqualTo(targets);
  }

  @Test
  void aModelThatSomebodyWorksWithStays() {
    ServedModel.State during =
        model.use(
            ready -> {
              model.unload();
              return model.state();
            });
    assertThat(during).isEqualTo(ServedModel.State.READY);
  }
}
