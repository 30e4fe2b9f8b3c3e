package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.worker.web.Front;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** The cookie by which a browser's session is known; no script of a page can read it. */
final class SessionCookie {
  static final String NAME = "labelloop-session";

  private final Front front;

  SessionCookie(Front front) {
    this.front = front;
  }

  Optional<Secret> read(Context context) {
    return Optional.ofNullable(context.cookie(NAME)).map(Secret::of);
  }

  void write(Context context, Secret session) {
    set(context, session.text(), (int) SessionRepository.LONGEST.toSeconds());
  }

  void clear(Context context) {
    set(context, "", 0);
  }

  private void set(Context context, String value, int maxAge) {
    Cookie cookie = new Cookie(NAME, value, "/", maxAge);
    cookie.setHttpOnly(true);
    cookie.setSecure(front.isSecure(context));
    cookie.setSameSite(SameSite.STRICT);
    context.cookie(cookie);
  }
}
