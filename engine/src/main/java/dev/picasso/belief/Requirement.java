package dev.picasso.belief;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that a measure is to keep, as people write it: {@code deletion.area<=0.3}.
 *
 * @param check its id
 * @param measure its name; {@value #HOLDS} for whether the check's claim holds, 1 or 0
 */
public record Requirement(String check, String measure, Relation relation, double bound) {
  /** Names whether a check's claim holds. */
  public static final String HOLDS = "holds";

  private static final Pattern FORM =
      Pattern.compile("\\s*([^.<>=]+)\\.([^<>=]+?)\\s*(<=|>=|<|>)(.+)");

  /** How a value is to stand to the bound. */
  public enum Relation {
    AT_MOST("<="),
    AT_LEAST(">="),
    BELOW("<"),
    ABOVE(">");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    private boolean holds(double value, double bound) {
      return switch (this) {
        case AT_MOST -> value <= bound;
        case AT_LEAST -> value >= bound;
        case BELOW -> value < bound;
        case ABOVE -> value > bound;
      };
    }
  }

  /**
   * Reads one.
   *
   * @param checks that will be made
   * @throws PicassoException if it is not written so, or is about none of them
   */
  public static Requirement parse(String text, List<Check> checks) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw unreadable(text);
    }
    String check = form.group(1).strip();
    String measure = form.group(2).strip();
    Check meant =
        checks.stream()
            .filter(c -> c.id().equals(check))
            .findFirst()
            .orElseThrow(() -> unknown(text, check, checks));
    List<String> names = new ArrayList<>(meant.measures());
    names.add(HOLDS);
    if (!meant.measures().isEmpty() && !names.contains(measure)) {
      throw new PicassoException(
          "%s: %s has no measure %s; %s"
              .formatted(
                  text,
                  check,
                  measure,
                  Words.nearest(measure, names)
                      .map(n -> "did you mean " + n + "?")
                      .orElse("it has " + String.join(", ", names) + ".")));
    }
    return new Requirement(check, measure, relation(form.group(3)), number(text, form.group(4)));
  }

  private static Relation relation(String sign) {
    for (Relation relation : Relation.values()) {
      if (relation.sign.equals(sign)) {
        return relation;
      }
    }
    throw new IllegalArgumentException(sign);
  }

  private static double number(String text, String number) {
    try {
      double bound = Double.parseDouble(number.strip());
      if (Double.isFinite(bound)) {
        return bound;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw unreadable(text);
  }

  private static PicassoException unreadable(String text) {
    return new PicassoException(
        text + ": is no requirement; write a measure and a bound, as in 'deletion.area<=0.3'.");
  }

  private static PicassoException unknown(String text, String check, List<Check> checks) {
    List<String> made = checks.stream().map(Check::id).distinct().toList();
    return new PicassoException(
        "%s: the check %s is not made; %s"
            .formatted(
                text,
                check,
                Words.nearest(check, made)
                    .map(n -> "did you mean " + n + "?")
                    .orElse(
                        "made are " + String.join(", ", made) + ". Name it among the checks.")));
  }

  /** Whether a number keeps the bound; what is no number does not. */
  public boolean isKeptBy(double value) {
    return relation.holds(value, bound);
  }

  /** As people write it. */
  @Override
  public String toString() {
    return check + "." + measure + relation.sign + Words.number(bound);
  }
}
