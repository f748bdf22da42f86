package dev.picasso.app.web;

import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.Sessions;
import dev.picasso.app.web.wire.ClientAddress;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Optional;

/**
 * Knows whose request it is, by a cookie. It is given with the first thing that is stored, never
 * before: a visit that stores nothing costs nothing, and a link from another site, with which a
 * browser sends no such cookie, does not replace it.
 */
final class People {
  private static final String ATTRIBUTE = "picasso.session";

  /** Seconds that a browser keeps the cookie: 400 days, the most that it does. */
  private static final int LASTS = 400 * 86_400;

  private final Sessions sessions;

  People(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Cookies do not tell ports apart: two servers on one machine must not take each other's. */
  private static String cookie(Context context) {
    int port = context.req().getLocalPort();
    return "picasso_session" + (port == 5000 ? "" : "_" + port);
  }

  /**
   * The session of a request. A new one where there is none; it is kept if there is something in it
   * when the request is answered.
   */
  Session session(Context context) {
    Optional<Session> known = Optional.ofNullable(context.attribute(ATTRIBUTE));
    return known.orElseGet(() -> identify(context));
  }

  private Session identify(Context context) {
    Session session =
        Optional.ofNullable(context.cookie(cookie(context)))
            .flatMap(sessions::find)
            .orElseGet(sessions::begin);
    context.attribute(ATTRIBUTE, session);
    return session;
  }

  /** Where a request comes from. */
  static ClientAddress from(Context context) {
    return ClientAddress.of(context.req().getRemoteAddr());
  }

  /** The models that all people have opened. */
  List<ServedModel> models() {
    return sessions.models();
  }

  /** The person of a request is still there. */
  void seen(Context context) {
    Optional<Session> session = Optional.ofNullable(context.attribute(ATTRIBUTE));
    session.ifPresent(sessions::seen);
  }

  /** The session of a request, kept whatever is in it. */
  Session keep(Context context) {
    Session session = session(context);
    if (sessions.keep(session, from(context))) {
      context.cookie(
          new Cookie(
              cookie(context), session.id(), "/", LASTS, false, true, null, SameSite.STRICT));
    }
    return session;
  }

  /**
   * To be called when a request was answered: keeps a session that now holds something, and has on
   * the disk what it holds before anybody is told.
   */
  void leave(Context context) {
    Optional<Session> session = Optional.ofNullable(context.attribute(ATTRIBUTE));
    session.filter(s -> !sessions.forget(s)).ifPresent(s -> keep(context));
    session.ifPresent(sessions::save);
  }
}
