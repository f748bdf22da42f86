package dev.picasso.app.web;

import jakarta.servlet.http.Part;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that senders give to files: in any script, and escaped where a header cannot have them. */
final class PartNames {
  /** RFC 5987, as in {@code filename*=UTF-8''na%C3%AFve.onnx}. */
  private static final Pattern EXTENDED =
      Pattern.compile("(?i);\\s*filename\\*\\s*=\\s*\"?UTF-8'[^']*'([^;\"\\s]+)");

  private PartNames() {}

  /** The name of a file; empty for a part that is none. */
  static Optional<String> of(Part part) {
    Matcher extended =
        EXTENDED.matcher(Optional.ofNullable(part.getHeader("Content-Disposition")).orElse(""));
    return extended.find()
        ? Optional.of(decoded(extended.group(1)))
        : Optional.ofNullable(part.getSubmittedFileName()).map(PartNames::unescaped);
  }

  private static String decoded(String escaped) {
    try {
      return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return escaped;
    }
  }

  /** Browsers escape three characters, and no percent sign. */
  private static String unescaped(String name) {
    return name.replace("%22", "\"").replace("%0A", "\n").replace("%0D", "\r");
  }
}
