package dev.picasso.attribution;

import static dev.picasso.attribution.SmallModels.linear;
import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  private static final Tensor IMAGE = Tensor.of(zigzag(9), 1, 1, 3, 3);

  @TempDir Path folder;

  private Model model() throws IOException {
    return SmallModels.of(
        folder, Shape.of(Shape.BATCH, 1, 3, 3), (g, x) -> linear(g, x, zigzag(27), 3));
  }

  /** The model itself, after something else was done. */
  private record After(String name, Supplier<Boolean> work) implements Derived {
    @Override
    public Graph graph(Model model) {
      assertThat(work.get()).isTrue();
      return Forward.SCORES.graph(model);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof After after && after.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void compilingOneBlocksNoOther() throws IOException {
    try (Explainer explainer = new Explainer(model(), RuntimeOptions.defaults())) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch otherIsDone = new CountDownLatch(1);
      Derived slow =
          new After(
              "slow",
              () -> {
                begun.countDown();
                return await(otherIsDone);
              });
      CompletableFuture<Map<String, Tensor>> first =
          CompletableFuture.supplyAsync(() -> explainer.run(slow, IMAGE, Map.of()));
      assertThat(await(begun)).isTrue();
      assertThat(explainer.run(Forward.SCORES, IMAGE, Map.of())).isNotEmpty();
      otherIsDone.countDown();
      assertThat(first.join()).isNotEmpty();
    }
  }

  @Test
  void eachIsCompiledOnceForAll() throws IOException {
    AtomicInteger made = new AtomicInteger();
    try (Explainer explainer = new Explainer(model(), RuntimeOptions.defaults())) {
      Derived counted = new After("counted", () -> made.incrementAndGet() > 0);
      CompletableFuture<Map<String, Tensor>> beside =
          CompletableFuture.supplyAsync(() -> explainer.run(counted, IMAGE, Map.of()));
      explainer.run(counted, IMAGE, Map.of());
      explainer.stoppedBy(new Stop()).run(counted, IMAGE, Map.of());
      assertThat(beside.join()).isNotEmpty();
      assertThat(made).hasValue(1);
    }
  }

  @Test
  void whatFailsIsTriedAnew() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    try (Explainer explainer = new Explainer(model(), RuntimeOptions.defaults())) {
      Derived second =
          new After(
              "second",
              () -> {
                if (tries.incrementAndGet() == 1) {
                  throw new InapplicableException("not yet");
                }
                return true;
              });
      assertThatThrownBy(() -> explainer.run(second, IMAGE, Map.of())).hasMessage("not yet");
      assertThat(explainer.run(second, IMAGE, Map.of())).isNotEmpty();
    }
  }

  @Test
  void whoWaitsForAnothersWorkMayBeStopped() throws IOException {
    try (Explainer explainer = new Explainer(model(), RuntimeOptions.defaults())) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      Derived slow =
          new After(
              "slow",
              () -> {
                begun.countDown();
                return await(end);
              });
      CompletableFuture<Map<String, Tensor>> first =
          CompletableFuture.supplyAsync(() -> explainer.run(slow, IMAGE, Map.of()));
      assertThat(await(begun)).isTrue();
      Stop stop = new Stop();
      stop.request();
      assertThatThrownBy(() -> explainer.stoppedBy(stop).run(slow, IMAGE, Map.of()))
          .isInstanceOf(StoppedException.class);
      end.countDown();
      assertThat(first.join()).isNotEmpty();
    }
  }

  @Test
  void nothingRunsAfterClosing() throws IOException {
    Explainer explainer = new Explainer(model(), RuntimeOptions.defaults());
    explainer.run(Forward.SCORES, IMAGE, Map.of());
    explainer.close();
    explainer.close();
    assertThatThrownBy(() -> explainer.run(Forward.SCORES, IMAGE, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
