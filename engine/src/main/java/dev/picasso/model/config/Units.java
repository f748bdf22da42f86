package dev.picasso.model.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people write them. */
final class Units {
  private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) *([a-z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
  private static final Map<String, Long> SECONDS =
      Map.of("s", 1L, "min", 60L, "h", 3600L, "d", 86_400L);
  private static final Map<String, Long> COUNTS =
      Map.of("", 1L, "thousand", 1000L, "million", 1_000_000L);

  private Units() {}

  static Optional<Long> whole(String text) {
    return text.matches("[+-]?\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** A finite number, or a fraction of two. */
  static Optional<Double> number(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      Optional<Double> above = plain(text.substring(0, slash).strip());
      Optional<Double> below = plain(text.substring(slash + 1).strip());
      return above.flatMap(a -> below.filter(b -> b != 0).map(b -> a / b));
    }
    return plain(text);
  }

  private static Optional<Double> plain(String text) {
    return text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")
        ? Optional.of(Double.parseDouble(text)).filter(Double::isFinite)
        : Optional.empty();
  }

  /** As in "25 MB"; a kB is 1024 bytes. Of "25" nobody knows what was meant, so it is none. */
  static Optional<Long> bytes(String text) {
    return counted(text, BYTES);
  }

  /** As in "2 h" or "30 min". */
  static Optional<Duration> duration(String text) {
    return counted(text, SECONDS).map(Duration::ofSeconds);
  }

  /** As in "50 million" or "50000000"; one of hundreds, as in "50", is a unit forgotten. */
  static Optional<Long> pixels(String text) {
    return counted(text, COUNTS).filter(n -> n >= 1000);
  }

  private static Optional<Long> counted(String text, Map<String, Long> units) {
    Matcher m = WITH_UNIT.matcher(text.toLowerCase(Locale.ROOT));
    if (!m.matches() || !units.containsKey(m.group(2))) {
      return Optional.empty();
    }
    double value = Double.parseDouble(m.group(1)) * units.getOrDefault(m.group(2), 1L);
    return value >= 1 ? Optional.of((long) value) : Optional.empty();
  }
}
