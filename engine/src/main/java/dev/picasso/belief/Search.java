package dev.picasso.belief;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.image.HeatMap;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Mask;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How a method finds plants: its maps of the class that each makes more probable.
 *
 * @param maps of the planted pictures, at the size of the model's input, with only what speaks for
 *     the class
 * @param found how far each map lies on its patch
 */
record Search(Attribution method, List<HeatMap> maps, List<Localisation> found) {

  /**
   * Explains planted pictures.
   *
   * @throws InapplicableException if the method cannot explain this model, or gives no numbers
   */
  static Search of(
      Attribution method,
      Explainer explainer,
      ImagePreprocessor preprocessor,
      List<Plant> plants,
      Progress progress) {
    Images x =
        Images.of(
            preprocessor.normalize(plants.stream().map(p -> p.patch().planted()).toList()),
            preprocessor);
    List<Target> targets = plants.stream().map(p -> Target.ofClass(p.target())).toList();
    Maps maps = method.explain(explainer, x, targets, progress);
    InputSpec input = explainer.imageInput();
    List<HeatMap> strengths = new ArrayList<>();
    List<Localisation> found = new ArrayList<>();
    List<HeatMap> all = maps.heatMaps(input, method.reduction());
    for (int i = 0; i < plants.size(); i++) {
      HeatMap map =
          Strengths.of(
              method,
              finite(all.get(i)).resized(input.width(), input.height(), Interpolation.SMOOTH));
      strengths.add(map);
      found.add(located(map, mask(plants.get(i).patch().where(), map)));
    }
    return new Search(method, strengths, found);
  }

  private static HeatMap finite(HeatMap map) {
    for (float value : map.values()) {
      if (!Float.isFinite(value)) {
        throw new InapplicableException("The map holds numbers that are none (NaN or infinite).");
      }
    }
    return map;
  }

  /** A map of nothing tells as little as random numbers do. */
  private static Localisation located(HeatMap map, Mask patch) {
    return map.largest() == 0
        ? Localisation.ofRandom(patch, 0)
        : Localisation.of(map, patch, 0, patch.area());
  }

  private static Mask mask(Window where, HeatMap like) {
    return Mask.of(
        like.width(),
        like.height(),
        i -> {
          int x = i % like.width() - where.left();
          int y = i / like.width() - where.top();
          return x >= 0 && y >= 0 && x < where.width() && y < where.height();
        });
  }

  /** For each plant the share of the strongest pixels, as many as the patch has, that is on it. */
  double[] ranks() {
    return found.stream().mapToDouble(Localisation::rank).toArray();
  }

  double[] masses() {
    return found.stream().mapToDouble(Localisation::mass).toArray();
  }

  double[] hits() {
    return found.stream().mapToDouble(Localisation::pointing).toArray();
  }
}
