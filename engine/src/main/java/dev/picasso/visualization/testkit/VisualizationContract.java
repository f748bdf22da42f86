package dev.picasso.visualization.testkit;

import dev.picasso.StoppedException;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.Schema;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

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
  private static final int TOP = 2;

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
    Set<String> broken = Collections.synchronizedSet(new LinkedHashSet<>());
    words(visualization, broken);
    fields(visualization, broken);
    if (settings(visualization, broken)) {
      int shown = 0;
      Leftovers leftovers = new Leftovers();
      for (TestModel kind : TestModel.values()) {
        try (ReadyModel model = load(kind)) {
          shown +=
              new OnModel<>(visualization, kind, shown, model, leftovers, broken).check() ? 1 : 0;
        }
      }
      if (shown == 0) {
        broken.add("it refuses models of all kinds");
      }
      // Once for all models: collecting the garbage takes longer than the rest.
      if (leftovers.kept() > 0) {
        broken.add("it keeps images or results of runs that are over");
      }
    }
    return List.copyOf(broken);
  }

  private ReadyModel load(TestModel kind) {
    try {
      return ReadyModel.load(
          ConfiguredModel.of(kind.write(folder)),
          ModelLoader.standard(),
          RuntimeOptions.defaults());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
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

  /**
   * The part of the contract that needs a model.
   *
   * @param before how many kinds of models it was shown for before
   * @param leftovers is told of what nobody should hold afterwards
   */
  private record OnModel<S extends Record>(
      Visualization<S> visualization,
      TestModel kind,
      int before,
      ReadyModel model,
      Leftovers leftovers,
      Set<String> broken) {
    /** Settings beside the defaults are tried on all of the first kind, and on every so many. */
    private static final int SAMPLED = 5;

    /** So many settings beside the defaults are tried twice. */
    private static final int TWICE = 3;

    /** Whether there is something to check: a method may refuse a kind of model as a whole. */
    boolean check() {
      List<ImageInput> images = TestImages.all().stream().map(model::prepare).toList();
      if (refuses(images)) {
        return false;
      }
      List<ImageInput> two = images.subList(0, 2);
      List<Map<String, String>> variants = sample();
      List<List<ImageResult>> alone = new ArrayList<>();
      for (Map<String, String> settings : variants) {
        alone.add(first(settings.isEmpty() ? images : two, settings));
      }
      if (alone.stream().noneMatch(List::isEmpty)) {
        int twice = Math.min(variants.size(), 1 + TWICE);
        again(two, variants.subList(0, twice), alone.subList(0, twice));
        cancellation(images);
        explainAndForget();
      }
      return true;
    }

    /** The defaults first. */
    private List<Map<String, String>> sample() {
      List<Map<String, String>> all = Variants.of(Schema.of(visualization.defaults()));
      return IntStream.range(0, all.size())
          .filter(i -> i == 0 || before == 0 || i % SAMPLED == before % SAMPLED)
          .mapToObj(all::get)
          .filter(this::isForModel)
          .toList();
    }

    /** Whether the model takes the settings; a region means nothing to one without places. */
    private boolean isForModel(Map<String, String> settings) {
      try {
        S unused = model.settings(visualization, settings);
        return true;
      } catch (SettingException e) {
        return false;
      } catch (InapplicableException e) {
        return true; // what it says of the model is checked with the defaults
      }
    }

    /**
     * Whether it says of all images alike that this kind of model cannot be shown so: attention of
     * a model that has none.
     */
    private boolean refuses(List<ImageInput> images) {
      List<Optional<String>> problems;
      try {
        problems =
            run(images, Map.of(), Listener.NONE).images().stream()
                .map(ImageResult::problem)
                .distinct()
                .toList();
      } catch (InapplicableException e) {
        return true;
      } catch (RuntimeException e) {
        return false; // told where the defaults are checked
      }
      return problems.size() == 1 && problems.get(0).isPresent();
    }

    /** Results of settings, checked; none if it throws. */
    private List<ImageResult> first(List<ImageInput> images, Map<String, String> settings) {
      Watched watched = new Watched(Integer.MAX_VALUE);
      try {
        List<ImageResult> results = run(images, settings, watched).images();
        results(images, settings, results);
        progress(watched, results);
        return results;
      } catch (RuntimeException e) {
        tell(settings, "throws " + e);
        return List.of();
      }
    }

    private Results run(List<ImageInput> images, Map<String, String> settings, Listener listener) {
      return model.explain(visualization, settings, images, TOP, listener);
    }

    private void tell(Map<String, String> settings, String what) {
      broken.add(kind + (settings.isEmpty() ? "" : ", " + settings) + ": " + what);
    }

    private void results(
        List<ImageInput> images, Map<String, String> settings, List<ImageResult> results) {
      if (results.size() != images.size()) {
        tell(settings, results.size() + " results for " + images.size() + " images");
        return;
      }
      ResultCheck check = new ResultCheck(what -> tell(settings, what));
      for (int i = 0; i < images.size(); i++) {
        check.check(images.get(i), results.get(i), TOP);
      }
    }

    private void progress(Watched watched, List<ImageResult> results) {
      List<Double> shares = watched.shares();
      for (int i = 0; i < shares.size(); i++) {
        double share = shares.get(i);
        if (!(share >= (i == 0 ? 0 : shares.get(i - 1)) && share <= 1)) {
          tell(Map.of(), "progress goes to " + share + " after " + shares.subList(0, i));
          return;
        }
      }
      if (shares.isEmpty() || shares.get(shares.size() - 1) != 1) {
        tell(Map.of(), "progress does not end at 1");
      }
      if (!watched.finished().equals(results)) {
        tell(Map.of(), "does not tell the listener of each result in its turn");
      }
    }

    /** Two images with all variants once more, in the opposite order and two at a time. */
    private void again(
        List<ImageInput> images,
        List<Map<String, String>> variants,
        List<List<ImageResult>> alone) {
      for (int i = variants.size() - 1; i >= 0; i--) {
        int beside = (i + 1) % variants.size();
        CompletableFuture<List<ImageResult>> second =
            CompletableFuture.supplyAsync(() -> rerun(images, variants.get(beside)));
        same(variants.get(i), alone.get(i), rerun(images, variants.get(i)));
        same(variants.get(beside), alone.get(beside), second.join());
      }
    }

    private List<ImageResult> rerun(List<ImageInput> images, Map<String, String> settings) {
      try {
        return run(images, settings, Listener.NONE).images();
      } catch (RuntimeException e) {
        tell(settings, "throws, once more, " + e);
        return List.of();
      }
    }

    private void same(
        Map<String, String> settings, List<ImageResult> first, List<ImageResult> second) {
      for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
        if (!ResultCheck.same(first.get(i), second.get(i))) {
          tell(settings, "the same settings gave another result for " + first.get(i).image());
        }
      }
    }

    /**
     * Explains an image that nobody should hold afterwards; maps that are kept to be drawn
     * otherwise are not the visualization's own.
     */
    private void explainAndForget() {
      ImageInput image = model.prepare(TestImages.of("fresh.png", 23, 19, false));
      Results results =
          model.forgetting().explain(visualization, Map.of(), List.of(image), TOP, Listener.NONE);
      leftovers.watch(image, results);
    }

    /** Asked to stop at once, and after the first image. */
    private void cancellation(List<ImageInput> images) {
      for (int stopAfter = 0; stopAfter < 2; stopAfter++) {
        Watched watched = new Watched(stopAfter);
        try {
          run(images, Map.of(), watched);
          tell(Map.of(), "does not stop when asked to");
        } catch (StoppedException e) {
          if (watched.finished().size() > stopAfter) {
            tell(Map.of(), "goes on after it was asked to stop");
          }
        }
      }
    }
  }
}
