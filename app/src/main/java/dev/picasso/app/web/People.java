package dev.picasso.app.web;

import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.Sessions;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** Knows whose request it is, by a cookie. */
final class People {
  private static final String ATTRIBUTE = "picasso.session";

  private final Sessions sessions;

  People(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Cookies do not tell ports apart: two servers on one machine must not take each other's. */
  private static String cookie(Context context) {
    int port = context.req().getLocalPort();
    return "picasso_session" + (port == 5000 ? "" : "_" + port);
  }

  /** The session of a request; a new one where there is none. */
  Session session(Context context) {
    Optional<Session> known = Optional.ofNullable(context.attribute(ATTRIBUTE));
    return known.orElseGet(() -> identify(context));
  }

  private Session identify(Context context) {
    Session session =
        Optional.ofNullable(context.cookie(cookie(context)))
            .flatMap(sessions::find)
            .orElseGet(() -> welcome(context));
    context.attribute(ATTRIBUTE, session);
    return session;
  }

  private Session welcome(Context context) {
    Session session = sessions.create();
    context.cookie(
        new Cookie(cookie(context), session.id(), "/", -1, false, true, null, SameSite.STRICT));
    return session;
  }
}
