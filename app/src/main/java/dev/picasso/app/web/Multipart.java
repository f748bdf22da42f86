package dev.picasso.app.web;

import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files that a request carries. They go to disk as they come, never into memory whole. */
final class Multipart {
  private static final String CONFIGURATION = "org.eclipse.jetty.multipartConfig";
  private static final String FIELD = "file";
  private static final int IN_MEMORY = 1 << 16;
  private static final long MOST_DRAINED = 8L << 30;

  private Multipart() {}

  /**
   * The files in the parts called "file".
   *
   * @param folder where they lie while the request lasts
   * @param limit bytes of the whole request
   * @throws HttpProblem if the request carries none, or is too large
   */
  static List<Part> files(Context context, Path folder, long limit) {
    String type = Optional.ofNullable(context.contentType()).orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw new HttpProblem(
          415, "Send the files as multipart/form-data, each in a part named \"" + FIELD + "\".");
    }
    if (context.req().getContentLengthLong() > limit) {
      throw refused(context, tooLarge(limit));
    }
    context
        .req()
        .setAttribute(
            CONFIGURATION, new MultipartConfigElement(folder.toString(), -1, limit, IN_MEMORY));
    try {
      List<Part> files =
          context.req().getParts().stream()
              .filter(p -> p.getName().equals(FIELD) && p.getSubmittedFileName() != null)
              .toList();
      return files;
    } catch (IOException | ServletException | RuntimeException e) {
      if (isTooLarge(e)) {
        throw tooLarge(limit);
      }
      throw new HttpProblem(400, "The upload is incomplete or makes no sense; send it again.");
    }
  }

  /**
   * Lets the sender of a request that is refused finish, within bounds: a browser that is cut off
   * while it sends does not read the answer, and tells a person that there is no connection.
   *
   * @return the problem, to be thrown
   */
  static HttpProblem refused(Context context, HttpProblem problem) {
    byte[] buffer = new byte[IN_MEMORY];
    try {
      InputStream body = context.req().getInputStream();
      long left = MOST_DRAINED;
      for (int n = body.read(buffer); n >= 0 && left > 0; n = body.read(buffer)) {
        left -= n;
      }
    } catch (IOException e) {
      // The sender is gone.
    }
    return problem;
  }

  private static boolean isTooLarge(Throwable problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      String words = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (words.contains("max length")
          || words.contains("exceeded")
          || words.contains("too large")) {
        return true;
      }
    }
    return false;
  }

  private static HttpProblem tooLarge(long limit) {
    return new HttpProblem(
        413,
        "The request is larger than %.0f MB; send fewer or smaller files."
            .formatted(limit / 1048576.));
  }

  /** The name that the sender gave the file. */
  static String name(Part part) {
    return Optional.ofNullable(part.getSubmittedFileName()).orElse("");
  }

  /** Puts a part's bytes into a file. */
  static void write(Part part, Path file) throws IOException {
    try (var in = part.getInputStream()) {
      java.nio.file.Files.copy(in, file);
    }
  }
}
