package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.NoRoomException;
import dev.picasso.app.web.state.TookTooLongException;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.SettingException.Wrong;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in words what is wrong: as JSON under {@code /api/}, in the original's form outside of
 * version 1; as plain text elsewhere. Never a stack trace.
 */
final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private ErrorAnswers() {}

  static void addTo(RoutesConfig routes) {
    routes.exception(
        HttpProblem.class, (e, context) -> answer(context, e.status(), e.message(), e.problems()));
    routes.exception(
        SettingException.class,
        (e, context) ->
            answer(context, 400, String.valueOf(e.getMessage()), e.problems(), e.wrong()));
    routes.exception(
        NoRoomException.class,
        (e, context) -> answer(context, 507, String.valueOf(e.getMessage()), List.of()));
    routes.exception(
        TookTooLongException.class,
        (e, context) -> answer(context, 503, String.valueOf(e.getMessage()), List.of()));
    routes.exception(
        PicassoException.class,
        (e, context) -> {
          if (NoRoomException.isFullDisk(e)) {
            answerFullDisk(context, e);
          } else {
            answer(context, 400, String.valueOf(e.getMessage()), List.of());
          }
        });
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          if (e.getStatus() == 405) {
            context.header("Allow", String.join(", ", allowed(e)));
          }
          answer(context, e.getStatus(), words(e, context), List.of());
        });
    routes.exception(
        Exception.class,
        (e, context) ->
            Senders.problem(e)
                .ifPresentOrElse(p -> answerSender(context, p), () -> answerFault(context, e)));
  }

  /** Who has begun to take an answer gets no other. */
  private static void answerSender(Context context, HttpProblem problem) {
    if (!context.res().isCommitted()) {
      answer(context, problem.status(), problem.message(), List.of());
    }
  }

  /** Where the server's files lie is nobody's business. */
  private static void answerFullDisk(Context context, Exception e) {
    String words = String.valueOf(NoRoomException.diskIsFull(e).getMessage());
    answer(context, 507, words, List.of());
  }

  private static void answerFault(Context context, Exception e) {
    if (NoRoomException.isFullDisk(e)) {
      answerFullDisk(context, e);
      return;
    }
    LOG.warn("{} {} failed", context.method(), context.path(), e);
    answer(context, 500, fault(e), List.of());
  }

  /**
   * Answers where Java itself could not go on, as when a model of a stranger's takes pictures of
   * gigabytes. Which address was asked is not known here, so the answer is what programs take.
   */
  static void answerError(HttpServletResponse response, Error error) {
    LOG.error("a request failed", error);
    if (response.isCommitted()) {
      return;
    }
    boolean memory = error instanceof OutOfMemoryError;
    int status = memory ? 503 : 500;
    String words =
        memory
            ? "This takes more memory than the server has; ask for less, or for smaller pictures."
            : fault(error);
    response.setStatus(status);
    response.setContentType("application/json; charset=utf-8");
    try {
      response
          .getOutputStream()
          .write(
              Json.text(json(Route.ROOT, status, words, List.of()))
                  .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("who asked is gone", e);
    }
  }

  private static String fault(Throwable e) {
    return "This is a fault in Picasso (" + e.getClass().getSimpleName() + "); its log says more.";
  }

  private static String words(HttpResponseException e, Context context) {
    return switch (e.getStatus()) {
      case 404 -> nothingAt(context);
      case 405 ->
          "%s does not take %s; it takes %s."
              .formatted(context.path(), context.method(), String.join(", ", allowed(e)));
      case 413 -> "The request is too large.";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** The methods that an address takes, in order. */
  private static List<String> allowed(HttpResponseException e) {
    String listed = e.getDetails().getOrDefault("availableMethods", "");
    return Stream.of(listed.split(",", -1)).map(String::strip).sorted().distinct().toList();
  }

  private static String nothingAt(Context context) {
    return "There is nothing at "
        + context.path()
        + (context.path().startsWith("/api")
            ? "; /api/v1/openapi.json lists what there is."
            : "; the page is at /.");
  }

  /** Answers an error in the form that the address promises. */
  static void answer(Context context, int status, String message, List<String> problems) {
    answer(context, status, message, problems, List.of());
  }

  private static void answer(
      Context context, int status, String message, List<String> problems, List<Wrong> settings) {
    context.status(status);
    String path = context.path();
    if (path.equals("/api") || path.startsWith("/api/")) {
      ObjectNode json = json(path, status, message, problems);
      if (!settings.isEmpty() && json.path("error") instanceof ObjectNode error) {
        ObjectNode named = error.putObject("settings");
        settings.forEach(w -> named.put(w.setting(), w.sentence()));
      }
      Json.send(context, json);
    } else if (isAccepted(context, "text/html")) {
      context.html(ProblemPage.of(message));
    } else {
      context.contentType("text/plain; charset=utf-8").result(message);
    }
  }

  /** Whether the one who asks names a type of content that they take. */
  static boolean isAccepted(Context context, String type) {
    return Optional.ofNullable(context.header("Accept")).orElse("").contains(type);
  }

  /** An error as JSON: of version 1 below its address, of the original elsewhere. */
  static ObjectNode json(String path, int status, String message, List<String> problems) {
    ObjectNode json = Json.object();
    if (path.equals(Route.ROOT) || path.startsWith(Route.ROOT + "/")) {
      ObjectNode error = json.putObject("error").put("status", status).put("message", message);
      if (!problems.isEmpty()) {
        problems.forEach(error.putArray("problems")::add);
      }
      return json;
    }
    return json.put("ok", false).put("code", status).put("message", message);
  }
}
