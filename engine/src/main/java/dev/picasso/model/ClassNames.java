package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.format.SelfDescription;
import dev.picasso.format.labels.LabelText;
import dev.picasso.model.output.OutputSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the classes of a model are called: as the person says; else as a file called after the model
 * says, the model's file, its metadata, or another file that lies beside it. Only a list with as
 * many names as classes is taken.
 *
 * @param names as many as targets, or none
 * @param notes where they come from, and which lists do not fit
 */
record ClassNames(List<String> names, List<String> notes) {
  private static final Set<String> KEYS =
      Set.of(
          "labels",
          "label_names",
          "class_labels",
          "classes",
          "class_names",
          "classnames",
          "names",
          "categories",
          "id2label");

  private static final int MOST_TOLD = 3;
  private static final int MANY = 20;

  ClassNames {
    names = List.copyOf(names);
    notes = List.copyOf(notes);
  }

  /**
   * The names of a model's classes.
   *
   * @throws ModelException if the person's are not as many as classes
   */
  static ClassNames of(ModelRequest request, ImportedModel imported, Scores scores) {
    if (!request.labels().isEmpty()) {
      requireFit(request, scores);
      return new ClassNames(sided(request.labels(), scores), List.of());
    }
    List<String> notes = new ArrayList<>();
    List<LabelsBeside> beside = LabelsBeside.of(request, notes);
    List<LabelsBeside> fitting = beside.stream().filter(b -> fits(b.labels(), scores)).toList();
    Optional<LabelsBeside> called = fitting.stream().filter(LabelsBeside::isOwn).findFirst();
    boolean whole = !isOneOfSeveral(request, scores);
    List<String> own = called.isPresent() || !whole ? List.of() : own(imported, scores, notes);
    Optional<LabelsBeside> chosen = called.or(() -> fitting.stream().findFirst());
    if (!own.isEmpty()) {
      chosen
          .filter(b -> !b.labels().equals(own))
          .ifPresent(
              b ->
                  notes.add(
                      b.name()
                          + " beside the model is not used: the model's file has labels itself."));
      return new ClassNames(sided(own, scores), notes);
    }
    if (chosen.isPresent()) {
      notes.add("The labels come from " + chosen.get().name() + " beside the model.");
      return new ClassNames(sided(chosen.get().labels(), scores), notes);
    }
    beside.stream()
        .filter(b -> !b.isGuess() || beside.size() == 1)
        .limit(MOST_TOLD)
        .forEach(b -> notes.add(leftOut(b.name() + " beside the model", b.labels(), scores)));
    return new ClassNames(sided(List.of(), scores), notes);
  }

  /** Whether a person chose one class's part of an output: the file names more than that. */
  private static boolean isOneOfSeveral(ModelRequest request, Scores scores) {
    return scores.single()
        && request.options().outputs().stream().anyMatch(o -> OutputSlice.parse(o).isPresent());
  }

  /** Whether the person or the file names classes at all. */
  static boolean areGiven(ModelRequest request, ImportedModel imported) {
    return !request.labels().isEmpty()
        || !imported.labels().isEmpty()
        || imported.metadata().entrySet().stream()
            .anyMatch(e -> isKey(e.getKey()) && listed(e.getValue()).size() > 1);
  }

  private static boolean isKey(String key) {
    return KEYS.contains(key.toLowerCase(Locale.ROOT));
  }

  /** Names as a list or table, of Python's too, or with commas between them. */
  private static List<String> listed(String value) {
    List<String> names = LabelText.readValue(value);
    return names.isEmpty() ? SelfDescription.names(value) : names;
  }

  /** Labels in the file itself, or in what it says of itself. */
  private static List<String> own(ImportedModel imported, Scores scores, List<String> notes) {
    if (fits(imported.labels(), scores)) {
      return imported.labels();
    }
    if (!imported.labels().isEmpty()) {
      notes.add(leftOut("The model's file", imported.labels(), scores));
    }
    for (Map.Entry<String, String> entry : new TreeMap<>(imported.metadata()).entrySet()) {
      if (isKey(entry.getKey())) {
        List<String> listed = listed(entry.getValue());
        if (fits(listed, scores)) {
          notes.add("The labels come from the file's metadata (" + entry.getKey() + ").");
          return listed;
        }
        if (listed.size() > 1) {
          notes.add(leftOut("The file's metadata (" + entry.getKey() + ")", listed, scores));
        }
      }
    }
    return List.of();
  }

  private static boolean fits(List<String> labels, Scores scores) {
    return labels.size() == scores.targets() || (scores.single() && labels.size() == 1);
  }

  private static void requireFit(ModelRequest request, Scores scores) {
    List<String> given = request.labels();
    if (!fits(given, scores)) {
      String from = request.labelsFrom();
      throw new ModelException(
          "%s: has %d classes, but %s %d %s.%s"
              .formatted(
                  request.path().getFileName(),
                  scores.targets(),
                  from.isEmpty() ? (given.size() == 1 ? "there is" : "there are") : from + " has",
                  given.size(),
                  given.size() == 1 ? "label" : "labels",
                  hint(given.size(), scores.targets())));
    }
  }

  private static String leftOut(String what, List<String> labels, Scores scores) {
    return "%s has %d labels for %d classes; they are left out.%s"
        .formatted(what, labels.size(), scores.targets(), hint(labels.size(), scores.targets()));
  }

  /** One too few or too many of many has a usual cause. */
  private static String hint(int labels, int classes) {
    if (classes < MANY) {
      return "";
    }
    if (labels == classes - 1) {
      return " Perhaps the model's first class is a background, as in TensorFlow's networks for"
          + " ImageNet with 1001 classes: then put a line \"background\" before the first label.";
    }
    return labels == classes + 1
        ? " Perhaps the first label is a background, as in TensorFlow's lists of 1001 for ImageNet,"
            + " or a heading: then take its line out."
        : "";
  }

  /** Two names for the two sides of a single output. */
  private static List<String> sided(List<String> labels, Scores scores) {
    boolean plain = !scores.areProbabilities();
    if (scores.single() && labels.isEmpty()) {
      return plain ? List.of("value", "−value") : List.of("no", "yes");
    }
    if (scores.single() && labels.size() == 1) {
      String name = labels.get(0);
      return plain ? List.of(name, "−" + name) : List.of("not " + name, name);
    }
    return labels;
  }
}
