package dev.picasso.app.web.wire;

import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.StringUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets so many requests of each kind in at once, of one address and of all. Others wait without a
 * thread, and are refused when they have waited too long.
 */
final class Lanes extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Lane uploads;
  private final Lane orders;
  private final Lane waiting;
  private final Lane reading;
  private final Predicate<Request> isWaiting;

  Lanes(WireLimits limits, Predicate<Request> isWaiting) {
    this.uploads = new Lane(limits.uploads(), limits.turn(), this::proceed);
    this.orders = new Lane(limits.orders(), limits.turn(), this::proceed);
    this.waiting = new Lane(limits.waiting(), limits.turn(), this::proceed);
    this.reading = new Lane(limits.reading(), limits.turn(), this::proceed);
    this.isWaiting = isWaiting;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    lane(request).enter(new Lane.Visit(request, response, callback));
    return true;
  }

  private Lane lane(Request request) {
    boolean body =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (body) {
      String type = StringUtil.nonNull(request.getHeaders().get(HttpHeader.CONTENT_TYPE)).strip();
      return type.toLowerCase(Locale.ROOT).startsWith("multipart/") ? uploads : orders;
    }
    return isWaiting.test(request) ? waiting : reading;
  }

  private void proceed(Lane.Visit visit) {
    try {
      if (!super.handle(visit.request(), visit.response(), visit.callback())) {
        Response.writeError(visit.request(), visit.response(), visit.callback(), 404);
      }
    } catch (Exception e) {
      if (visit.isOpen()) {
        LOG.warn("a request failed", e);
      }
      Response.writeError(visit.request(), visit.response(), visit.callback(), e);
    }
  }
}
