package dev.picasso.app.web;

import java.io.EOFException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;

/** Tells what goes wrong because of who sends a request from what is wrong here. */
final class Senders {
  private static final int DEEPEST = 20;

  private Senders() {}

  /**
   * What to answer where the request itself came too slowly, not whole, or as nonsense, or was
   * overtaken by another of the same person.
   */
  static Optional<HttpProblem> problem(Throwable e) {
    if (causes(e).anyMatch(TimeoutException.class::isInstance)) {
      return Optional.of(
          new HttpProblem(408, "The request came too slowly, or stopped; send it again."));
    }
    if (causes(e).anyMatch(t -> t instanceof EOFException || t instanceof HttpException)) {
      return Optional.of(
          new HttpProblem(400, "The request is incomplete or makes no sense; send it again."));
    }
    return causes(e).anyMatch(Senders::isOfAFileThatWent)
        ? Optional.of(
            new HttpProblem(409, "What this is about was removed at the same time; do it again."))
        : Optional.empty();
  }

  /** As when somebody starts over while files of theirs are on their way. */
  private static boolean isOfAFileThatWent(Throwable e) {
    return e instanceof NoSuchFileException || e instanceof FileAlreadyExistsException;
  }

  /** A throwable, its causes, and what was suppressed on the way. */
  private static Stream<Throwable> causes(Throwable e) {
    return Stream.<Throwable>iterate(e, t -> t != null, Throwable::getCause)
        .limit(DEEPEST)
        .flatMap(t -> Stream.concat(Stream.of(t), Stream.of(t.getSuppressed())));
  }
}
