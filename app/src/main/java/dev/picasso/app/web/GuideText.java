package dev.picasso.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Pages of the guide, as the application carries them. */
final class GuideText {
  private GuideText() {}

  /**
   * The text of a page.
   *
   * @param page as in "methods/saliency", never a name that a stranger gave
   */
  static Optional<String> of(String page) {
    try (InputStream in = GuideText.class.getResourceAsStream(page + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
