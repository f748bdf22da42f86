package dev.picasso.visualization.testkit;

import dev.picasso.settings.Schema;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What every visualization keeps. It has a name and words for people, and settings that any form
 * can show; for every choice of every setting, for small models of all kinds and for odd images its
 * results are complete, finite and can be drawn, or it says why it cannot have such a model; the
 * same settings give the same results, in whatever order and in however many threads; it tells how
 * far it is, stops when asked to, and keeps nothing of what it was given.
 *
 * <pre>{@code
 * @Test
 * void keepsTheContract(@TempDir Path folder) {
 *   VisualizationContract.in(folder).check(new MyVisualization());
 * }
 * }</pre>
 */
public final class VisualizationContract {
  private final Path folder;

  private VisualizationContract(Path folder) {
    this.folder = folder;
  }

  /** The contract; small models are written into the folder. */
  public static VisualizationContract in(Path folder) {
    return new VisualizationContract(folder);
  }

  /**
   * Checks a visualization.
   *
   * @throws AssertionError naming every promise that it does not keep
   */
  public void check(Visualization<?> visualization) {
    Collection<String> broken = broken(visualization);
    if (!broken.isEmpty()) {
      throw new AssertionError(
          visualization.id() + " breaks its contract:\n  " + String.join("\n  ", broken));
    }
  }

  /** Every promise that a visualization does not keep; empty if it keeps all. */
  public <S extends Record> Collection<String> broken(Visualization<S> visualization) {
    Leftovers leftovers = new Leftovers();
    Set<String> broken;
    try (SmallModels models = new SmallModels(folder)) {
      broken = broken(visualization, models, leftovers);
    }
    // Once for all models: collecting the garbage takes longer than the rest.
    if (leftovers.kept() > 0) {
      broken.add("it keeps images or results of runs that are over");
    }
    return List.copyOf(broken);
  }

  /**
   * The same with models that stay for others.
   *
   * @param leftovers is told of what nobody should hold afterwards, which is not looked at here
   */
  static <S extends Record> Set<String> broken(
      Visualization<S> visualization, SmallModels models, Leftovers leftovers) {
    Set<String> broken = Collections.synchronizedSet(new LinkedHashSet<>());
    words(visualization, broken);
    fields(visualization, broken);
    if (settings(visualization, broken)) {
      int shown = 0;
      for (TestModel kind : TestModel.values()) {
        ReadyModel model = models.of(kind);
        shown +=
            new ContractOnModel<>(visualization, kind, shown, model, leftovers, broken).check()
                ? 1
                : 0;
      }
      if (shown == 0) {
        broken.add("it refuses models of all kinds");
      }
    }
    return broken;
  }

  private static void words(Visualization<?> visualization, Set<String> broken) {
    if (!visualization.id().matches("[a-z][a-z0-9-]*")) {
      broken.add("its id is " + visualization.id() + "; it must be like partial-occlusion");
    }
    if (visualization.title().isBlank() || visualization.description().isBlank()) {
      broken.add("it needs a title and a description");
    }
    visualization
        .reference()
        .filter(r -> !r.url().matches("https?://\\S+"))
        .ifPresent(r -> broken.add("the address of its reference is " + r.url()));
    visualization
        .template()
        .filter(t -> visualization.getClass().getResource(t) == null)
        .ifPresent(t -> broken.add("there is no template " + t + " beside the class"));
  }

  /** Requests run one object at once, so that it must not remember anything; records do not. */
  private static void fields(Visualization<?> visualization, Set<String> broken) {
    for (Class<?> c = visualization.getClass(); c != null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        boolean constant =
            Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
        if (!constant && !field.isSynthetic() && !c.isRecord()) {
          broken.add("it has a field, " + field.getName() + "; requests run it at once");
        }
      }
    }
  }

  private static <S extends Record> boolean settings(
      Visualization<S> visualization, Set<String> broken) {
    try {
      Schema<S> schema = Schema.of(visualization.defaults());
      Variants.of(schema).forEach(v -> schema.parse(visualization.title(), v));
      S again = schema.parse(visualization.title(), schema.toMap(schema.defaults()));
      if (!again.equals(schema.defaults())) {
        broken.add("its defaults are not what they are as text: " + again);
      }
      return true;
    } catch (RuntimeException e) {
      broken.add("its settings contradict themselves: " + e.getMessage());
      return false;
    }
  }
}
