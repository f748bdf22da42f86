package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.visualization.SideBySide;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which models are compared with the one that is explained. */
final class OtherModelsOf {
  private OtherModelsOf() {}

  /**
   * Those of a run, by what its settings call them; none where it compares none. Their files are
   * read for it. One that cannot be loaded is left out: its maps will be missing too, and that is
   * told there.
   */
  static Map<String, Provenance.OfModel> run(Explaining<?> run, Map<String, String> settings) {
    Map<String, Provenance.OfModel> others = new LinkedHashMap<>();
    if (run.visualization().id().equals(SideBySide.ID)) {
      for (String name : SideBySide.others(settings.getOrDefault(SideBySide.MODELS, ""))) {
        try {
          others.put(name, run.model().others().use(name, Provenance.OfModel::of));
        } catch (PicassoException e) {
          continue;
        }
      }
    }
    return others;
  }
}
