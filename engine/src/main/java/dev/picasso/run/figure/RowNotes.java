package dev.picasso.run.figure;

import dev.picasso.image.figure.FigureTable.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands below the maps of a row: what the model says of their class, once for those beside
 * one another that it is the same of.
 */
final class RowNotes {
  private static final double LEAST_SHOWN = .0005;

  private RowNotes() {}

  /**
   * The notes of a row.
   *
   * @param maps of its cells; empty for the image itself
   * @param classes that are explained of the image
   * @param named whether headings say which class a map is of
   */
  static List<Note> of(List<Optional<RecordedMap>> maps, List<String> classes, boolean named) {
    List<Note> notes = new ArrayList<>();
    String before = "";
    for (int i = 0; i < maps.size(); i++) {
      Optional<RecordedMap> map = maps.get(i).filter(m -> !m.isHeldPicture());
      String text = map.map(m -> text(m, classes, named)).orElse("");
      int place = i;
      String key = map.map(m -> key(m, classes, place)).orElse("") + text;
      Note last = notes.isEmpty() ? new Note(-2, -2, "") : notes.get(notes.size() - 1);
      if (!text.isEmpty() && last.last() == i - 1 && key.equals(before)) {
        notes.set(notes.size() - 1, new Note(last.first(), i, text));
      } else if (!text.isEmpty()) {
        notes.add(new Note(i, i, text));
      }
      before = key;
    }
    return List.copyOf(notes);
  }

  /** What is the same of maps that share a note: model and class; the place where none is known. */
  private static String key(RecordedMap map, List<String> classes, int place) {
    return map.model().orElse("")
        + "\n"
        + map.classAmong(classes).or(() -> only(map, classes)).orElse(String.valueOf(place))
        + "\n";
  }

  /**
   * The class that a map of the only model is of, where its label does not say: that of its number.
   */
  private static Optional<String> only(RecordedMap map, List<String> classes) {
    if (map.model().isPresent() || map.number().isEmpty() || map.numberOf().isPresent()) {
      return Optional.empty();
    }
    List<String> same = map.classesOf(map.number().get());
    return same.size() == 1
        ? Optional.of(same.get(0))
        : classes.size() == 1 ? Optional.of(classes.get(0)) : Optional.empty();
  }

  private static String text(RecordedMap map, List<String> classes, boolean named) {
    Optional<String> inHeading = map.classAmong(classes);
    Optional<String> of = inHeading.or(() -> only(map, classes));
    String number = map.number().map(n -> number(map, n)).orElse("");
    boolean isNamed = of.isPresent() && !(named && inHeading.isPresent());
    String said = isNamed && !number.isEmpty() ? of.get() + " " + number : number;
    if (map.answer().isEmpty()) {
      return said;
    }
    boolean sameClass = map.predicted().equals(of) && map.predicted().isPresent();
    return sameClass ? map.answer().get() : (said + "\n" + map.answer().get()).strip();
  }

  /** A number to three figures; one that is a difference with its sign. */
  private static String number(RecordedMap map, double number) {
    boolean difference = map.numberOf().isPresent();
    return !difference && number > 0 && number < LEAST_SHOWN
        ? "< 0.001"
        : String.format(Locale.ROOT, difference ? "%+.3f" : "%.3f", number);
  }
}
