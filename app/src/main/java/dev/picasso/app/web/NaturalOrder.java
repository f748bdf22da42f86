package dev.picasso.app.web;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as people sort them: "2.png" before "10.png", whatever their case. */
final class NaturalOrder {
  private static final Pattern NUMBER = Pattern.compile("0*(\\d+)");

  /** Of names, and of paths. */
  static final Comparator<String> OF_NAMES =
      Comparator.comparing(NaturalOrder::key).thenComparing(Comparator.naturalOrder());

  private NaturalOrder() {}

  /** Numbers behind their length, so that they compare as texts. */
  private static String key(String name) {
    Matcher number = NUMBER.matcher(name.toLowerCase(Locale.ROOT));
    return number.replaceAll(
        found -> String.format(Locale.ROOT, "%04d%s", found.group(1).length(), found.group(1)));
  }
}
