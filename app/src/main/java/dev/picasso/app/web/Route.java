package dev.picasso.app.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * One request of the REST interface: how it is answered, and what its description says of it.
 *
 * @param path below {@code /api/v1}, with parameters in braces
 * @param summary a sentence for people
 * @param takes what is sent
 * @param gives what comes back
 */
record Route(
    HandlerType method, String path, String summary, Body takes, Body gives, Handler handler) {
  /** Where version 1 lives. */
  static final String ROOT = "/api/v1";

  /**
   * What a request or an answer holds.
   *
   * @param type its content type, empty for nothing
   * @param schema the name of its schema in the description, empty for bytes
   */
  record Body(String type, String schema) {
    static final Body NONE = new Body("", "");
    static final Body FILES = new Body("multipart/form-data", "Files");
    static final Body EVENTS = new Body("text/event-stream", "");
    static final Body PNG = new Body("image/png", "");

    static Body json(String schema) {
      return new Body("application/json", schema);
    }

    static Body bytes(String type) {
      return new Body(type, "");
    }

    boolean isNone() {
      return type.isEmpty();
    }
  }

  static Route get(String path, String summary, Body gives, Handler handler) {
    return new Route(HandlerType.GET, path, summary, Body.NONE, gives, handler);
  }

  static Route post(String path, String summary, Body takes, Body gives, Handler handler) {
    return new Route(HandlerType.POST, path, summary, takes, gives, handler);
  }

  static Route patch(String path, String summary, Body takes, Body gives, Handler handler) {
    return new Route(HandlerType.PATCH, path, summary, takes, gives, handler);
  }

  static Route delete(String path, String summary, Handler handler) {
    return new Route(HandlerType.DELETE, path, summary, Body.NONE, Body.json("Ok"), handler);
  }

  static void addAll(RoutesConfig routes, List<Route> all) {
    for (Route r : all) {
      routes.addHttpHandler(r.method(), ROOT + r.path(), r.handler());
      if (r.method().equals(HandlerType.GET) && !r.gives().equals(Body.EVENTS)) {
        routes.addHttpHandler(HandlerType.HEAD, ROOT + r.path(), r.handler()); // without the body
      }
    }
  }
}
