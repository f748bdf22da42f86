package dev.picasso.belief;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.settings.Named;
import dev.picasso.settings.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The checks that were found, by id. */
public final class Checks {
  /** What people write for all checks that do not take long. */
  public static final String QUICK = "quick";

  /** What people write for all checks. */
  public static final String ALL = "all";

  private final Map<String, Check> byId;

  private Checks(Map<String, Check> byId) {
    this.byId = byId;
  }

  /** Those that Picasso brings. */
  public static Checks builtIn() {
    Map<String, Check> found = new LinkedHashMap<>();
    ServiceLoader.load(Check.class, Checks.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Check::id))
        .forEach(check -> found.put(check.id(), check));
    return new Checks(found);
  }

  /** All, by id. */
  public List<Check> all() {
    return List.copyOf(byId.values());
  }

  /**
   * The checks that a text names: {@value #QUICK}, {@value #ALL}, or names with their settings, as
   * in {@code deletion(substrate=blur), stability}.
   *
   * @throws PicassoException if there is no such check or setting
   */
  public List<Check> chosen(String text) {
    List<Check> chosen = new ArrayList<>();
    for (Named named : Named.list(text)) {
      Stream<Check> meant =
          switch (named.id()) {
            case ALL -> byId.values().stream();
            case QUICK -> byId.values().stream().filter(c -> c.effort() == Check.Effort.QUICK);
            default -> Stream.of(with(get(named.id()), named.settings()));
          };
      meant.filter(c -> !chosen.contains(c)).forEach(chosen::add);
    }
    if (chosen.isEmpty()) {
      throw new PicassoException("No check is named; " + there());
    }
    return List.copyOf(chosen);
  }

  private Check get(String id) {
    Check found = byId.get(id);
    if (found == null) {
      throw new PicassoException(
          "There is no check "
              + Words.shown(id)
              + Words.nearest(id, byId.keySet())
                  .map(n -> "; did you mean " + n + "?")
                  .orElse("; " + there()));
    }
    return found;
  }

  private String there() {
    return "there are " + QUICK + ", " + ALL + ", " + String.join(", ", byId.keySet()) + ".";
  }

  /** The settings of a check, with the values that it has as defaults. */
  public static Schema<?> schema(Check check) {
    if (check instanceof Record settings) {
      return Schema.of(settings);
    }
    throw new IllegalArgumentException(check.id() + " is no record");
  }

  /** A check as people write it, with those settings that are not the usual ones. */
  public static String text(Check check) {
    return Named.of(check.id(), schema(builtIn().get(check.id())), schema(check)).toString();
  }

  private static Check with(Check check, Map<String, String> settings) {
    return (Check) (Object) schema(check).parse(check.title(), settings);
  }
}
