package dev.picasso.app.web;

import dev.picasso.app.web.metrics.Metrics;
import dev.picasso.app.web.wire.SafeHeaders;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Jetty refuses before any route sees it, such as broken addresses and headers that
 * are too long: as a page where a browser asks for one, else as JSON; without traces and without
 * the words of the request.
 */
final class WireErrors extends ErrorHandler {
  private final Metrics metrics;

  WireErrors(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Of all but those that must have none. */
  @Override
  public boolean errorPageForMethod(String method) {
    return !method.equals("HEAD");
  }

  @Override
  protected void generateCacheControl(Response response) {
    SafeHeaders.addTo(response.getHeaders()); // errors begin with no headers at all
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    metrics.refused(String.valueOf(request.getMethod()), status);
    String words = words(status, Optional.ofNullable(message).orElse(""));
    boolean page = isForPeople(request);
    String answer =
        page
            ? ProblemPage.of(words)
            : Json.text(ErrorAnswers.json(formOf(request), status, words, List.of()));
    response
        .getHeaders()
        .put(
            HttpHeader.CONTENT_TYPE, (page ? "text/html" : "application/json") + "; charset=utf-8");
    Content.Sink.write(response, true, answer, callback);
  }

  /** Whether a browser asks for a page; below /api programs do. */
  private static boolean isForPeople(Request request) {
    String accepted = Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)).orElse("");
    return accepted.contains("text/html") && !isForPrograms(pathOf(request));
  }

  /** The original's where it was asked; an address that cannot be read is none of its own. */
  private static String formOf(Request request) {
    String path = pathOf(request);
    return isForPrograms(path) ? path : Route.ROOT;
  }

  private static String pathOf(Request request) {
    return Optional.ofNullable(request.getHttpURI()).map(HttpURI::getPath).orElse("");
  }

  private static boolean isForPrograms(String path) {
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** Our own refusals are sentences already; Jetty's are names of what it found. */
  private static String words(int status, String found) {
    if (found.endsWith(".")) {
      return found;
    }
    String shown =
        found.isEmpty() || found.equals(HttpStatus.getMessage(status))
            ? usual(status)
            : "it has \"" + found + "\"";
    return "The request cannot be read: " + shown + ".";
  }

  private static String usual(int status) {
    return switch (status) {
      case 400 -> "its address or a header is malformed";
      case 404 -> "nothing here answers it";
      case 414 -> "its address is too long";
      case 431 -> "its headers are too long";
      case 426, 505 -> "it must be HTTP/1.1";
      default -> "it asks for what is not done here";
    };
  }
}
