package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.run.Explained;
import dev.picasso.run.Tally;
import dev.picasso.run.TallyWords;
import dev.picasso.run.Truth;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import java.util.List;
import java.util.Optional;

/** What images truly show beside what the model takes them for, counted as results come. */
final class Truths {
  private final Optional<ReadyModel> model;
  private final Classes shown;
  private final List<Optional<String>> labels;
  private final Tally tally = new Tally();

  /**
   * @param shown the classes that are explained
   * @param labels of each image
   */
  Truths(ReadyModel model, Classes shown, List<Optional<String>> labels) {
    this(Optional.of(model), shown, labels);
  }

  private Truths(Optional<ReadyModel> model, Classes shown, List<Optional<String>> labels) {
    this.model = model;
    this.shown = shown;
    this.labels = List.copyOf(labels);
  }

  /** Where nobody says what images show. */
  static Truths unknown() {
    return new Truths(Optional.empty(), Classes.top(1), List.of());
  }

  /** Puts into an image's results what is known of it, and counts it. */
  void add(Explained explained, ObjectNode json) {
    if (model.isEmpty()) {
      return;
    }
    labels
        .get(explained.index())
        .filter(label -> explained.result().problem().isEmpty())
        .map(label -> Truth.of(model.get(), explained, shown, label, Listener.NONE))
        .ifPresent(truth -> json.set(Truth.FIELD, truth.json()));
    tally.add(json);
  }

  /** What ends the file of results. */
  ObjectNode last() {
    return tally.last();
  }

  /** For the person, as in "13 of 200 wrong, accuracy 93.5 %."; empty where nothing is known. */
  Optional<String> words() {
    return tally
        .json()
        .map(counted -> Shown.line(TallyWords.of(counted).sentence()).replace('\u00a0', ' '));
  }
}
