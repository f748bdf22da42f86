package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.docs.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * docs/methods-checked.md says which networks confirm each method: what the table of the oracle
 * has. Every method needs two.
 */
class MethodsCheckedTest {
  private static final Section TABLE = Section.of("methods-checked.md", "## The table");
  private static final String AGAIN =
      "written anew by ./mvnw test -Dtest=MethodsCheckedTest -Dpicasso.write-docs=yes"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Path CASES =
      Path.of("src/test/resources/dev/picasso/attribution/oracle/cases.tsv");

  /** What the rows of a method say. */
  private static final class Checked {
    private final Set<String> networks = new TreeSet<>();
    private final Set<String> settings = new TreeSet<>();
    private double loosest;
    private boolean statistical;

    void add(List<String> cells) {
      networks.add(cells.get(0));
      if (!cells.get(3).equals("-")) {
        settings.addAll(told(cells.get(3)));
      }
      if (cells.get(6).equals("close")) {
        loosest = Math.max(loosest, Double.parseDouble(cells.get(7)));
      } else {
        statistical = true;
      }
    }

    /** The settings that are choices; numbers of samples, steps and seeds are left out. */
    private static List<String> told(String settings) {
      return List.of(settings.split(" ", -1)).stream()
          .filter(s -> !s.matches("(samples|steps|seed|masks|noise)=.*"))
          .toList();
    }

    String how() {
      List<String> ways = new ArrayList<>();
      if (loosest > 0) {
        ways.add("to " + loosest);
      }
      if (statistical) {
        ways.add("statistically");
      }
      return String.join(", ", ways);
    }
  }

  @Test
  void everyMethodIsConfirmedOnTwoNetworksAndTheTableSaysWhich() throws IOException {
    Map<String, Checked> methods = new TreeMap<>();
    for (Attribution method : Methods.builtIn().all()) {
      methods.put(method.id(), new Checked());
    }
    for (String line : Files.readAllLines(CASES).subList(1, Files.readAllLines(CASES).size())) {
      List<String> cells = List.of(line.split("\t", -1));
      methods.computeIfAbsent(cells.get(2), id -> new Checked()).add(cells);
    }
    StringBuilder text = new StringBuilder(MethodRows.before(TABLE.text()));
    text.append("| | Networks | Settings | How |\n|---|---|---|---|\n");
    methods.forEach(
        (id, checked) ->
            text.append(
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        id,
                        String.join(", ", checked.networks),
                        String.join(", ", checked.settings),
                        checked.how())));
    assertThat(methods)
        .allSatisfy((id, checked) -> assertThat(checked.networks).as(id).hasSizeGreaterThan(1));
    TABLE.holds(text.toString(), AGAIN);
  }
}
