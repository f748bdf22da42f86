package dev.picasso.app.web.wire;

import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses web sockets: nothing here speaks them, and no route would see the request. */
final class Upgrades extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    for (HttpField header : request.getHeaders()) {
      if (header.getLowerCaseName().startsWith("sec-websocket-") || isWebSocket(header)) {
        Response.writeError(
            request,
            response,
            callback,
            400,
            "There are no web sockets here; events come as a stream from /api/v1/runs/…/events.");
        return true;
      }
    }
    return super.handle(request, response, callback);
  }

  private static boolean isWebSocket(HttpField header) {
    return header.getLowerCaseName().equals("upgrade")
        && String.valueOf(header.getValue()).toLowerCase(Locale.ROOT).contains("websocket");
  }
}
