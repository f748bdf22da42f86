package dev.picasso.image.figure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of layers that lie in one another, as in "MobilenetV2/expanded_conv_5/project". */
final class Paths {
  /** Of one with a slash in it, what is before the first and is not "…". */
  private static final Pattern FIRST =
      Pattern.compile("(?<![^\\s(=])(?:…?/)?[^\\s/,;()]*[^\\s/,;()…][^\\s/,;()]*/(?=[^\\s/])");

  private Paths() {}

  /** A text in which each has its first name less; the same text where none has more than one. */
  static String withoutFirst(String text) {
    Matcher first = FIRST.matcher(text);
    return first.replaceAll("…/");
  }
}
