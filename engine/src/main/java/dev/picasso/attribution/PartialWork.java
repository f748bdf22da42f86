package dev.picasso.attribution;

import dev.picasso.image.Window;
import dev.picasso.model.Model;
import dev.picasso.region.Outline;
import dev.picasso.region.RegionPlan;
import java.util.List;
import java.util.Optional;

/**
 * What is computed in part of a model while a window of its image is hidden, and why not, for
 * people. It takes no run of the model.
 *
 * @param window that is hidden, at the size it is planned for
 * @param whole why the whole model runs for each window, in a sentence; empty if only parts do
 * @param planned what there is to say of parts; empty where the model is not fit for them at all
 */
public record PartialWork(Window window, Optional<String> whole, Optional<Planned> planned) {

  /**
   * A plan in numbers.
   *
   * @param layers those that the change reaches, as far as they mix places
   * @param wholeLayers how many operators behind the parts are computed as a whole
   * @param gain how many times as fast a window is expected to be as a run of the whole model
   * @param bound multiply-adds of the whole model over those of the parts: more cannot be gained
   * @param kept bytes that the maps of the image as it is take
   * @param batch windows in a run
   */
  public record Planned(
      List<Layer> layers, int wholeLayers, double gain, double bound, long kept, int batch) {
    public Planned {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A layer that the change reaches.
   *
   * @param name of its node
   * @param operator of ONNX
   * @param map what it puts out, if that is a map; empty where only a run knows its size
   * @param part rows and columns of it that are computed, in the mean over all places; empty where
   *     all of it is
   * @param share how much of it is computed, at most 1
   * @param ending why parts end here, if they do
   */
  public record Layer(
      String name,
      String operator,
      Optional<Size> map,
      Optional<Size> part,
      double share,
      Optional<String> ending) {
    private static Layer of(Outline.Layer layer) {
      return new Layer(
          layer.name(),
          layer.operator(),
          layer.map().map(Size::of),
          layer.part().map(Size::of),
          layer.share(),
          layer.ending());
    }
  }

  /** Rows and columns. */
  public record Size(double rows, double columns) {
    private static Size of(Outline.Size size) {
      return new Size(size.rows(), size.columns());
    }
  }

  /** What a method does with a model. */
  public static PartialWork of(Model model, HidesWindows method) {
    Optional<Window> window = model.input().map(method::window);
    Optional<String> hindrance = Regional.hindrance(model);
    if (hindrance.isPresent() || window.isEmpty()) {
      return new PartialWork(window.orElse(new Window(0, 0, 0, 0)), hindrance, Optional.empty());
    }
    double cap = method.regions() == RegionUse.APPROXIMATE ? method.share() : 1;
    Window w = window.get();
    Regional regional =
        Regional.of(model, Forward.SCORES, w.height(), w.width(), cap).orElseThrow();
    RegionPlan plan = regional.plan(model);
    Outline outline = Outline.of(plan, w.height(), w.width());
    Planned planned =
        new Planned(
            outline.layers().stream().map(Layer::of).toList(),
            outline.whole(),
            plan.costs().gain(),
            plan.costs().bound(),
            plan.keptBytes(),
            Regional.batch(plan));
    Optional<String> off =
        method.regions() == RegionUse.OFF
            ? Optional.of("Regions are set to off.")
            : Regional.refusal(plan, Regional.MOST_KEPT);
    return new PartialWork(w, off, Optional.of(planned));
  }
}
