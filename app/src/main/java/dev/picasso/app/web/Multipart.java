package dev.picasso.app.web;

import dev.picasso.app.web.state.NoRoomException;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files that a request carries. They go to disk as they come, never into memory whole. */
final class Multipart {
  private static final String CONFIGURATION = "org.eclipse.jetty.multipartConfig";
  private static final String FIELD = "file";
  private static final int IN_MEMORY = 1 << 16;

  /** How many times a request's limit is read, for the sake of an answer that arrives. */
  private static final int READ_FOR_AN_ANSWER = 4;

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
      throw tooLarge(context, limit);
    }
    context
        .req()
        .setAttribute(
            CONFIGURATION, new MultipartConfigElement(folder.toString(), -1, limit, IN_MEMORY));
    try {
      List<Part> files =
          context.req().getParts().stream()
              .filter(p -> p.getName().equals(FIELD) && PartNames.of(p).isPresent())
              .toList();
      return files;
    } catch (IOException | ServletException | RuntimeException e) {
      if (isTooLarge(e)) {
        throw tooLarge(context, limit);
      }
      if (NoRoomException.isFullDisk(e)) {
        throw NoRoomException.diskIsFull(e);
      }
      throw Senders.problem(e)
          .orElseGet(
              () ->
                  HttpProblem.wrong("The upload is incomplete or makes no sense; send it again."));
    }
  }

  private static boolean isTooLarge(Throwable problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      String words = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      boolean tooLarge =
          words.contains("max length") || words.contains("exceeded") || words.contains("too large");
      if (tooLarge && !words.contains("header")) { // those of a part, which make no sense
        return true;
      }
    }
    return false;
  }

  private static HttpProblem tooLarge(Context context, long limit) {
    return refused(
        context,
        limit,
        new HttpProblem(
            413,
            "The request is larger than %.0f MB; send fewer or smaller files."
                .formatted(limit / 1048576.)));
  }

  /**
   * A problem that is known before the files have come, to be thrown: the sender gets to read it.
   *
   * @param limit bytes that such a request may have
   */
  static HttpProblem refused(Context context, long limit, HttpProblem problem) {
    discard(context, READ_FOR_AN_ANSWER * limit);
    return problem;
  }

  /**
   * Reads what still comes. Who is still sending when the connection is closed often sees a broken
   * connection instead of the answer.
   */
  private static void discard(Context context, long most) {
    byte[] buffer = new byte[1 << 16];
    long left = most;
    try {
      var in = context.req().getInputStream();
      for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
        left -= n;
      }
    } catch (IOException | IllegalStateException e) {
      // The sender is gone, or the parts were read before: there is nothing more to wait for.
    }
  }

  /** The name that the sender gave the file. */
  static String name(Part part) {
    return PartNames.of(part).orElse("");
  }

  /** Puts a part's bytes into a file. */
  static void write(Part part, Path file) throws IOException {
    try (var in = part.getInputStream()) {
      java.nio.file.Files.copy(in, file);
    }
  }
}
