package dev.picasso.model;

import dev.picasso.Stop;
import dev.picasso.format.ImportedModel;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.image.Layout;
import dev.picasso.runtime.OneOff;
import java.util.List;
import java.util.Optional;

/**
 * A loaded model of which a person now says something else: names of classes, or what it does last.
 * Its file is not read again, and its graph not prepared again.
 */
public final class SaidOtherwise {
  private SaidOtherwise() {}

  /**
   * The model as it is now said to be. Where it computes the same, its layers are the same object.
   *
   * @param before what was said when it was loaded
   * @return empty where more is said otherwise, so that the file has to be read
   * @throws dev.picasso.PicassoException if it cannot be so
   */
  public static Optional<Model> of(Model model, ModelRequest before, ModelRequest now, Stop stop) {
    ModelRequest rest =
        now.withLabels(before.labels(), before.labelsFrom()).withHead(before.head());
    if (!rest.equals(before)) {
      return Optional.empty();
    }
    ImportedModel imported = withoutNames(model, before);
    boolean labelled = ClassNames.areGiven(now, imported);
    boolean same =
        now.head().equals(before.head()) && labelled == ClassNames.areGiven(before, imported);
    Model scored = same ? model : scored(model, imported, now, labelled, new OneOff(stop));
    ClassNames names = ClassNames.of(now, imported, scored.scores());
    return Optional.of(scored.with(imported.withNotes(names.notes())).called(names.names()));
  }

  /** What the file held, without what was noted of the names when it was loaded. */
  private static ImportedModel withoutNames(Model model, ModelRequest before) {
    ImportedModel imported = model.imported();
    int noted = ClassNames.of(before, imported, model.scores()).notes().size();
    List<String> notes = imported.notes();
    return new ImportedModel(
        imported.format(),
        imported.graph(),
        imported.layers(),
        imported.labels(),
        notes.subList(0, notes.size() - noted),
        imported.metadata());
  }

  private static Model scored(
      Model model, ImportedModel imported, ModelRequest now, boolean labelled, Evaluator runs) {
    TargetSearch.Target target =
        new TargetSearch(model.graph(), imported, labelled, runs)
            .find(now.options().outputs(), now.head());
    boolean channelsFirst = model.input().map(i -> i.layout() == Layout.NCHW).orElse(false);
    Scores scores =
        Scores.addTo(target.graph(), model.input(), target.head(), channelsFirst, target.said());
    return model.readBy(target.head(), scores);
  }
}
