package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.Window;
import dev.picasso.region.Places;
import dev.picasso.region.RegionGraph;
import dev.picasso.region.RegionPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What a model tells of one image with one window after another hidden. Where it pays, only what a
 * window can reach of each layer is computed, and the rest is kept from the image as it is; the
 * numbers are the same but for rounding.
 */
public final class HiddenRuns {
  /** Runs on parts that are handed over at once, to go on side by side. */
  private static final int TOGETHER = 8;

  private final Explainer explainer;
  private final Forward forward;
  private final HiddenParts parts;
  private final Optional<Partial> partial;

  /** What runs on parts need: the program, and the maps of the unchanged image. */
  private record Partial(
      Regional regional, RegionPlan plan, RegionGraph.Program program, Map<String, Tensor> maps) {}

  private HiddenRuns(
      Explainer explainer, Forward forward, HiddenParts parts, Optional<Partial> partial) {
    this.explainer = explainer;
    this.forward = forward;
    this.parts = parts;
    this.partial = partial;
  }

  /**
   * Gets ready for windows of about one size.
   *
   * @param image [1, …] as the model is fed
   * @param cover what hidden pixels hold instead, in the image's shape
   * @param window of the size that most have
   */
  public static HiddenRuns of(
      Explainer explainer,
      Forward forward,
      Tensor image,
      float[] cover,
      Window window,
      RegionUse regions) {
    return of(explainer, forward, image, cover, window, regions, 1);
  }

  /**
   * The same, less exactly: what changes of a layer far from the window is left as in the image
   * where it is more than a share of the layer.
   *
   * @param cap how much of a side of each layer's map is computed at most, as a share; 1 for all
   *     that changes
   */
  public static HiddenRuns of(
      Explainer explainer,
      Forward forward,
      Tensor image,
      float[] cover,
      Window window,
      RegionUse regions,
      double cap) {
    HiddenParts parts = new HiddenParts(explainer.imageInput(), image, cover);
    Optional<Regional> regional =
        regions == RegionUse.OFF
            ? Optional.empty()
            : Regional.of(explainer.model(), forward, window.height(), window.width(), cap);
    Optional<Partial> partial = regional.flatMap(r -> partial(explainer, r, image));
    return new HiddenRuns(explainer, forward, parts, partial);
  }

  private static Optional<Partial> partial(Explainer explainer, Regional regional, Tensor image) {
    RegionPlans.Planned planned = explainer.plans().of(regional);
    if (planned.program().isEmpty()) {
      return Optional.empty();
    }
    RegionPlan plan = planned.plan();
    Map<String, Tensor> told = explainer.run(new Regional.Unchanged(regional), image, Map.of());
    Map<String, Tensor> maps = new LinkedHashMap<>();
    plan.kept().forEach(v -> maps.put(v, told.get(Regional.Unchanged.map(v))));
    return Optional.of(new Partial(regional, plan, planned.program().get(), maps));
  }

  /**
   * The same with another cover; what is known of the image as it is serves both.
   *
   * @param cover what hidden pixels hold instead, in the image's shape
   */
  public HiddenRuns covering(float[] cover) {
    return new HiddenRuns(explainer, forward, parts.covering(cover), partial);
  }

  /** Whether only parts are computed. */
  public boolean inParts() {
    return partial.isPresent();
  }

  /**
   * Runs the model with each window hidden.
   *
   * @param windows within the image, of at least one pixel
   * @param told is given the places of some windows in the list, and what the model tells of them,
   *     one row for each
   */
  public void each(List<Window> windows, BiConsumer<List<Integer>, Map<String, Tensor>> told) {
    List<List<Integer>> batches = Batching.of(windows, batch());
    int most = partial.isPresent() ? TOGETHER : 1;
    for (int from = 0; from < batches.size(); from += most) {
      explainer.check();
      List<List<Integer>> some = batches.subList(from, Math.min(batches.size(), from + most));
      List<List<Window>> hidden =
          some.stream().map(batch -> batch.stream().map(windows::get).toList()).toList();
      List<Map<String, Tensor>> results = runs(hidden);
      for (int i = 0; i < some.size(); i++) {
        told.accept(some.get(i), results.get(i));
      }
    }
  }

  private int batch() {
    return partial.map(p -> Regional.batch(p.plan())).orElseGet(() -> explainer.batch(forward));
  }

  /** What the model tells with each of some windows hidden, in one run. */
  public Map<String, Tensor> run(List<Window> windows) {
    return runs(List.of(windows)).get(0);
  }

  private List<Map<String, Tensor>> runs(List<List<Window>> each) {
    if (partial.isEmpty()) {
      return each.stream()
          .map(windows -> explainer.run(forward, parts.images(windows), Map.of()))
          .toList();
    }
    Partial p = partial.get();
    return explainer.runAsItIs(
        p.regional(),
        each.stream()
            .<Supplier<Map<String, Tensor>>>map(windows -> () -> inputs(p, windows))
            .toList());
  }

  private Map<String, Tensor> inputs(Partial p, List<Window> windows) {
    Places places = new Places(p.program(), HiddenParts.places(windows));
    Map<String, Tensor> inputs = places.inputs(p.maps());
    inputs.put(p.program().parts(), parts.parts(places));
    return inputs;
  }
}
