package dev.picasso;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of layers that lie in one another, as in "MobilenetV2/expanded_conv_5/project". */
public final class PathNames {
  /** Of one with a slash in it, what is before the first and is not "…". */
  private static final Pattern FIRST =
      Pattern.compile("(?<![^\\s(=])(?:…?/)?[^\\s/,;()=]*[^\\s/,;()=…][^\\s/,;()=]*/(?=[^\\s/])");

  /** One of them, whole. */
  private static final Pattern NAME = Pattern.compile("(?<![^\\s(=])[^\\s,;()=]*/[^\\s,;()]*");

  /**
   * Names of usual layers that tell them apart are shorter, as "…/expanded_conv_13/expand/Relu6".
   */
  private static final int LONG = 32;

  private PathNames() {}

  /** A text in which each has its first name less; the same text where none has more than one. */
  public static String withoutFirst(String text) {
    return FIRST.matcher(text).replaceAll("…/");
  }

  /** A text in which none is long, as far as leaving out the first names makes it so. */
  public static String shortened(String text) {
    return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(one(name.group())));
  }

  private static String one(String name) {
    String shown = name;
    while (shown.length() > LONG && !withoutFirst(shown).equals(shown)) {
      shown = withoutFirst(shown);
    }
    return shown;
  }
}
