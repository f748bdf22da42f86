package dev.picasso.app.web;

import dev.picasso.app.web.wire.SafeHeaders;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Jetty refuses before any route sees it, such as broken addresses and headers that
 * are too long: as JSON, without traces and without the words of the request.
 */
final class WireErrors extends ErrorHandler {
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
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
    String reason = Optional.ofNullable(message).orElse("status " + status);
    // Our own refusals are sentences, Jetty's are not.
    String words = reason.endsWith(".") ? reason : "The request cannot be read: " + reason + ".";
    String path = Optional.ofNullable(request.getHttpURI()).map(HttpURI::getPath).orElse("/");
    String json = Json.text(ErrorAnswers.json(path, status, words, List.of()));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    Content.Sink.write(response, true, json, callback);
  }
}
