package dev.picasso.app.web;

import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** Requests that wait for something: for events, for a model, for a result, for their turn. */
final class WaitingRequests {
  private static final Pattern PATHS =
      Pattern.compile(
          "/api/v1/.*/events/*"
              + "|/api/v1/models/[^/]+(/input|/input/files|/input/picture|/input/picasso\\.yaml|/held"
              + "|/graph|/doctor|/what-if|/predictions)?/*"
              + "|/api/v1/runs/[^/]+/(figure\\.[a-z]+|repeat)/*|/api/visualize/*");

  private WaitingRequests() {}

  static boolean isWaiting(Request request) {
    return isWaiting(String.valueOf(request.getHttpURI().getCanonicalPath()));
  }

  /** Whether requests for that path wait, so that they must not keep the page waiting. */
  static boolean isWaiting(String path) {
    return PATHS.matcher(path).matches();
  }
}
