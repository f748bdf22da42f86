package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ComputedTest {
  private static final Tensor IMAGE = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
  private static final List<Target> CLASS = List.of(Target.ofClass(1));

  private final AtomicInteger runs = new AtomicInteger();

  private Maps computed(Computed computed, String settingOfIt, List<Target> targets, Tensor x) {
    Supplier<Maps> work =
        () -> {
          runs.incrementAndGet();
          return Maps.signed(x, Maps.Frame.INPUT, "numbers");
        };
    return computed.get(
        Methods.builtIn().get("grad-cam", Map.of("layer", settingOfIt)), targets, x, work);
  }

  @Test
  void mapsOfTheSameQuestionAreComputedOnce() {
    Computed computed = new Computed();
    Maps first = computed(computed, "a", CLASS, IMAGE);
    Tensor same = Tensor.of(IMAGE.floats(), 1, 1, 2, 2);
    assertThat(computed(computed, "a", List.of(Target.ofClass(1)), same)).isSameAs(first);
    assertThat(runs).hasValue(1);
  }

  @Test
  void anotherSettingClassOrImageIsAnotherQuestion() {
    Computed computed = new Computed();
    computed(computed, "a", CLASS, IMAGE);
    computed(computed, "b", CLASS, IMAGE);
    computed(computed, "a", List.of(Target.ofClass(2)), IMAGE);
    computed(computed, "a", CLASS, Tensor.of(new float[] {1, 2, 4, 3}, 1, 1, 2, 2));
    assertThat(runs).hasValue(4);
  }
}
