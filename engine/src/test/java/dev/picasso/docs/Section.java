package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a document that a test makes: what stands under a heading, up to the next one of its
 * rank. With {@code -Dpicasso.write-docs} it is written anew.
 *
 * @param heading the whole line, as in "## Examples"
 */
public record Section(Path document, String heading) {
  /** A section of a file of the documentation. */
  public static Section of(String file, String heading) {
    return new Section(Path.of("../docs").resolve(file), heading);
  }

  /** Whether documents are to be written anew. */
  public static boolean isWriting() {
    return System.getProperty("picasso.write-docs") != null;
  }

  /** What stands there now. */
  public String text() throws IOException {
    return in(Files.readString(document));
  }

  /** Writes it, if documents are to be written; then it has to stand there. */
  public void holds(String made, String again) throws IOException {
    if (isWriting()) {
      String old = Files.readString(document);
      String start = heading + "\n";
      Files.writeString(document, old.replace(start + in(old), start + made));
    }
    assertThat(made).as(again).isEqualTo(text());
  }

  private String in(String all) {
    int start = all.indexOf(heading + "\n");
    if (start < 0) {
      throw new AssertionError(document + " has no heading " + heading);
    }
    String after = all.substring(start + heading.length() + 1);
    int next = after.indexOf("\n" + heading.substring(0, heading.indexOf(' ') + 1));
    return next < 0 ? after : after.substring(0, next);
  }
}
