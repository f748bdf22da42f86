package dev.picasso.app.web;

import dev.picasso.app.report.ReportFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What made two runs, fact by fact.
 *
 * @param name of the fact
 * @param left empty where it was not said
 * @param differs whether both do
 */
public record FactsCompared(String name, String left, String right, boolean differs) {

  /** All facts of either, those that differ first. */
  static List<FactsCompared> of(ReportFacts left, ReportFacts right) {
    Map<String, String> first = facts(left);
    Map<String, String> second = facts(right);
    Map<String, String> names = new LinkedHashMap<>(first);
    second.forEach(names::putIfAbsent);
    List<FactsCompared> all = new ArrayList<>();
    for (String name : names.keySet()) {
      String one = Optional.ofNullable(first.get(name)).orElse("");
      String other = Optional.ofNullable(second.get(name)).orElse("");
      all.add(new FactsCompared(name, one, other, !one.equals(other)));
    }
    all.sort((a, b) -> Boolean.compare(b.differs, a.differs));
    return List.copyOf(all);
  }

  private static Map<String, String> facts(ReportFacts facts) {
    Map<String, String> all = new LinkedHashMap<>();
    for (ReportFacts.Group group : facts.groups()) {
      for (ReportFacts.Fact fact : group.facts()) {
        if (fact.name().isEmpty()) {
          all.merge(group.title().toLowerCase(Locale.ROOT), fact.value(), (a, b) -> a + " " + b);
        } else {
          all.putIfAbsent(fact.name(), fact.value());
        }
      }
    }
    return all;
  }
}
