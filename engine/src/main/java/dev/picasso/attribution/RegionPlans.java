package dev.picasso.attribution;

import dev.picasso.model.Model;
import dev.picasso.region.RegionGraph;
import dev.picasso.region.RegionPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of one model is computed where a part of its image changes. A plan depends on the model and
 * on the size of the part, not on the image, and takes several walks through the graph; so each is
 * made once.
 */
final class RegionPlans {
  /** Those that were not used for longest give way; there are few sizes ({@link Regional}). */
  static final int MOST = 16;

  private final Model model;

  /** The least recently used first. */
  private final Map<Regional, Planned> planned = new LinkedHashMap<>(16, .75f, true);

  /**
   * A plan, and what fills its program.
   *
   * @param program empty where the plan does not pay
   */
  record Planned(RegionPlan plan, Optional<RegionGraph.Program> program) {}

  RegionPlans(Model model) {
    this.model = model;
  }

  /** The plan for parts of that size. */
  synchronized Planned of(Regional regional) {
    Optional<Planned> known = Optional.ofNullable(planned.get(regional));
    if (known.isPresent()) {
      return known.get();
    }
    RegionPlan plan = regional.plan(model);
    Planned made =
        new Planned(
            plan, regional.pays(plan) ? Optional.of(RegionGraph.of(plan)) : Optional.empty());
    planned.put(regional, made);
    if (planned.size() > MOST) {
      planned.remove(planned.keySet().iterator().next());
    }
    return made;
  }
}
