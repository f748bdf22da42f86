package dev.picasso.app.cli;

import dev.picasso.belief.Requirement;
import dev.picasso.belief.evaluation.Row;
import java.util.ArrayList;
import java.util.List;

/** Bounds that numbers are to keep, and which did not; of these so many are kept as are told. */
final class Requirements {
  private static final int MOST_TOLD = 100;

  private final List<Requirement> all;
  private final List<Unmet> unmet = new ArrayList<>();
  private long count;

  /** A number that does not keep a bound. */
  record Unmet(Requirement requirement, Row row) {
    String words() {
      String value = Double.isFinite(row.value()) ? "is " + row.value() : "has no number";
      return "%s: %s: %s %s; required is %s."
          .formatted(Shown.line(row.image()), row.method(), row.name(), value, requirement);
    }
  }

  Requirements(List<Requirement> all) {
    this.all = List.copyOf(all);
  }

  /** Looks at a check's rows, all at once: a number that is not among them was not found. */
  void take(List<Row> ofOneCheck) {
    Row last = ofOneCheck.get(ofOneCheck.size() - 1);
    String check = last.check().replaceFirst("\\(.*", "");
    for (Requirement requirement : all) {
      if (requirement.check().equals(check)) {
        Row row =
            ofOneCheck.stream()
                .filter(r -> r.measure().equals(requirement.measure()))
                .findFirst()
                .orElseGet(() -> last.without(requirement.measure()));
        if (!requirement.isKeptBy(row.value())) {
          note(new Unmet(requirement, row));
        }
      }
    }
  }

  private void note(Unmet one) {
    count++;
    if (unmet.size() < MOST_TOLD) {
      unmet.add(one);
    }
  }

  /** Forgets what was looked at. */
  void forget() {
    unmet.clear();
    count = 0;
  }

  /** Those that are told. */
  List<Unmet> unmet() {
    return List.copyOf(unmet);
  }

  /** How many there are. */
  long count() {
    return count;
  }
}
