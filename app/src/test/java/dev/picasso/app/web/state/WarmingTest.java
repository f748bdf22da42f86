package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.StoppedException;
import dev.picasso.app.web.ColourModel;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmingTest {
  private static final long MUCH = Long.MAX_VALUE;

  @TempDir Path folder;

  private final ModelLoading loading = new ModelLoading(Device.CPU);
  private final Queue<Runnable> thread = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void close() {
    loading.close();
  }

  private ServedModel loaded(String name) {
    ServedModel model =
        new ServedModel(
            ConfiguredModel.of(ColourModel.write(folder.resolve(name + ".onnx"))), loading);
    model.load().join();
    return model;
  }

  private Warming warming(long free, Runnable meanwhile) {
    return Warming.on(thread::add, () -> free, List.of(new Noted("first", meanwhile)));
  }

  private Warming warming() {
    return warming(MUCH, () -> {});
  }

  /** Carries out what was left to the thread. */
  private void work() {
    for (Runnable next = thread.poll(); next != null; next = thread.poll()) {
      next.run();
    }
  }

  private final class Noted implements Visualization<Noted.Nothing> {
    record Nothing() {}

    private final String id;
    private final Runnable meanwhile;

    Noted(String id, Runnable meanwhile) {
      this.id = id;
      this.meanwhile = meanwhile;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String title() {
      return id;
    }

    @Override
    public String description() {
      return "For tests.";
    }

    @Override
    public Nothing defaults() {
      return new Nothing();
    }

    @Override
    public Results run(Context context, Nothing settings) {
      asked.add(context.explainer().model().id());
      meanwhile.run();
      if (context.listener().cancelled()) {
        throw new StoppedException();
      }
      return context.eachImage(
          (image, steps) -> ImageResult.of(image.name(), context.predict(image), List.of()));
    }
  }

  @Test
  void aShownModelIsAskedOnce() {
    Warming warming = warming();
    ServedModel model = loaded("a");
    warming.shown(model);
    work();
    warming.shown(model);
    work();
    assertThat(asked).containsExactly("a");
    assertThat(model.isWarm()).isTrue();
  }

  @Test
  void nothingIsWarmedBesideRealWork() {
    Warming warming = warming();
    warming.workBegins();
    warming.shown(loaded("a"));
    warming.workDone(false);
    work();
    assertThat(asked).isEmpty();
    warming.workDone(true);
    work();
    assertThat(asked).containsExactly("a");
  }

  @Test
  void itGivesWayToRealWorkAndGoesOnAfterwards() {
    List<Warming> one = new ArrayList<>();
    Warming warming =
        warming(
            MUCH,
            () -> {
              if (asked.size() == 1) {
                one.get(0).workBegins();
              }
            });
    one.add(warming);
    ServedModel model = loaded("a");
    warming.shown(model);
    work();
    assertThat(model.isWarm()).isFalse();
    warming.workDone(true);
    work();
    assertThat(asked).containsExactly("a", "a");
    assertThat(model.isWarm()).isTrue();
  }

  @Test
  void ofSeveralModelsTheLastOneShownCounts() {
    Warming warming = warming();
    warming.workBegins();
    warming.shown(loaded("a"));
    warming.shown(loaded("b"));
    warming.workDone(true);
    work();
    assertThat(asked).containsExactly("b");
  }

  @Test
  void whatMightNotFitTheMemoryIsLeftAloneUntilItIsShownAgain() {
    ServedModel model = loaded("a");
    warming(1 << 20, () -> {}).shown(model);
    work();
    assertThat(asked).isEmpty();
    assertThat(model.isWarm()).isFalse();
    warming().shown(model);
    work();
    assertThat(asked).containsExactly("a");
  }

  @Test
  void closingEndsWhatIsUnderWayAndNothingBeginsLater() {
    List<Warming> one = new ArrayList<>();
    Warming warming = warming(MUCH, () -> one.get(0).close());
    one.add(warming);
    ServedModel model = loaded("a");
    warming.shown(model);
    work();
    assertThat(model.isWarm()).isFalse();
    warming.workDone(true);
    warming.shown(model);
    work();
    assertThat(asked).containsExactly("a");
  }

  @Test
  void aFaultHarmsNobody() {
    Warming warming =
        warming(
            MUCH,
            () -> {
              throw new IllegalStateException("for a test");
            });
    warming.shown(loaded("a"));
    warming.shown(loaded("b"));
    work();
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void aModelThatCannotBeLoadedIsNotAsked() throws InterruptedException {
    ServedModel model = new ServedModel(ConfiguredModel.of(folder.resolve("none.onnx")), loading);
    warming().shown(model);
    model.await(Duration.ofMinutes(1));
    assertThat(model.state()).isEqualTo(ServedModel.State.FAILED);
    work();
    assertThat(asked).isEmpty();
  }

  @Test
  void thisMachineHasSomeMemory() {
    assertThat(FreeMemory.bytes()).isPositive();
  }
}
