package dev.picasso.app.cli;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.belief.Check;
import dev.picasso.belief.Checks;
import dev.picasso.belief.Finding;
import dev.picasso.belief.evaluation.Row;
import dev.picasso.run.Judged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods and checks as people write them, in the order in which they were asked for. */
record CheckWords(Map<Attribution, String> methods, Map<Check, String> checks) {
  CheckWords {
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }

  static CheckWords of(List<Attribution> methods, List<Check> checks) {
    Methods all = Methods.builtIn();
    Map<Attribution, String> names = new LinkedHashMap<>();
    methods.forEach(m -> names.put(m, all.text(m)));
    Map<Check, String> tests = new LinkedHashMap<>();
    checks.forEach(c -> tests.put(c, Checks.text(c)));
    return new CheckWords(names, tests);
  }

  String of(Attribution method) {
    return Optional.ofNullable(methods.get(method)).orElseThrow();
  }

  String of(Check check) {
    return Optional.ofNullable(checks.get(check)).orElseThrow();
  }

  /** The rows of a table that a judgement makes, check by check. */
  List<Row> rows(Judged judged) {
    List<Row> rows = new ArrayList<>();
    List<Finding> findings = judged.judgement().findings();
    for (int i = 0; i < findings.size(); i++) {
      rows.addAll(
          Row.of(
              judged.image(),
              judged.sha256(),
              judged.about(),
              of(judged.method()),
              of(judged.checks().get(i)),
              findings.get(i)));
    }
    return rows;
  }
}
