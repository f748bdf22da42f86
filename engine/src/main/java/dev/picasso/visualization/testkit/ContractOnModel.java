package dev.picasso.visualization.testkit;

import dev.picasso.StoppedException;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.settings.Schema;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The part of the contract that needs a model.
 *
 * @param before how many kinds of models it was shown for before
 * @param leftovers is told of what nobody should hold afterwards
 */
record ContractOnModel<S extends Record>(
    Visualization<S> visualization,
    TestModel kind,
    int before,
    ReadyModel model,
    Leftovers leftovers,
    Set<String> broken) {
  private static final int TOP = 2;

  /** Settings beside the defaults are tried on all of the first kind, and on every so many. */
  private static final int SAMPLED = 5;

  /** So many settings beside the defaults are tried twice. */
  private static final int TWICE = 3;

  /** Whether there is something to check: a method may refuse a kind of model as a whole. */
  boolean check() {
    List<ImageInput> images = TestImages.all().stream().map(model::prepare).toList();
    Optional<List<ImageResult>> byDefault = byDefault(images);
    if (byDefault.isEmpty()) {
      return false;
    }
    List<ImageInput> two = images.subList(0, 2);
    List<Map<String, String>> variants = sample();
    List<List<ImageResult>> alone = new ArrayList<>();
    for (Map<String, String> settings : variants) {
      alone.add(settings.isEmpty() ? byDefault.get() : first(two, settings));
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
   * Results of the defaults, checked; empty if it says of all images alike that this kind of model
   * cannot be shown so: attention of a model that has none.
   */
  private Optional<List<ImageResult>> byDefault(List<ImageInput> images) {
    Watched watched = new Watched(Integer.MAX_VALUE);
    try {
      List<ImageResult> results = run(images, Map.of(), watched).images();
      List<Optional<String>> problems =
          results.stream().map(ImageResult::problem).distinct().toList();
      if (problems.size() == 1 && problems.get(0).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(checked(images, Map.of(), results, watched));
    } catch (InapplicableException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(thrown(Map.of(), e));
    }
  }

  /** Results of settings, checked; none if it throws. */
  private List<ImageResult> first(List<ImageInput> images, Map<String, String> settings) {
    Watched watched = new Watched(Integer.MAX_VALUE);
    try {
      return checked(images, settings, run(images, settings, watched).images(), watched);
    } catch (RuntimeException e) {
      return thrown(settings, e);
    }
  }

  private List<ImageResult> checked(
      List<ImageInput> images,
      Map<String, String> settings,
      List<ImageResult> results,
      Watched watched) {
    results(images, settings, results);
    progress(watched, results);
    return results;
  }

  private List<ImageResult> thrown(Map<String, String> settings, RuntimeException e) {
    tell(settings, "throws " + e);
    return List.of();
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
      List<ImageInput> images, List<Map<String, String>> variants, List<List<ImageResult>> alone) {
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
   * Explains an image that nobody should hold afterwards; maps that are kept to be drawn otherwise
   * are not the visualization's own.
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
