package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Secret;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import dev.labelloop.worker.web.account.Provider.Attempt;
import dev.labelloop.worker.web.account.Provider.ProviderException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging in at a provider of identities: there by {@value #LOGIN}, back by {@value #CALLBACK}.
 *
 * <p>The way back begins on the provider's page, where browsers hold back our session's strict
 * cookie; so one attempt is known by a cookie of its own, which goes along on links from elsewhere
 * and is good for nothing else.
 */
final class ProviderPart implements Part {
  static final String LOGIN = "/oidc/login";
  static final String CALLBACK = "/oidc/callback";
  static final String COOKIE = "labelloop-oidc";

  private static final Logger LOG = LoggerFactory.getLogger(ProviderPart.class);

  private static final int TRIES = 30;
  private static final Duration TRY_EVERY = Duration.ofSeconds(2);

  private final Provider provider;
  private final ProviderAccounts accounts;
  private final SessionCookie cookie;
  private final Front front;
  private final Attempts attempts = new Attempts(System::nanoTime);
  private final RateLimit limit = new RateLimit(TRIES, TRY_EVERY, System::nanoTime);

  ProviderPart(Provider provider, ProviderAccounts accounts, SessionCookie cookie, Front front) {
    this.provider = provider;
    this.accounts = accounts;
    this.cookie = cookie;
    this.front = front;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(LOGIN, this::login);
    routes.get(CALLBACK, this::callback);
  }

  private void login(Context context) {
    limit
        .take(front.address(context))
        .ifPresent(
            wait -> {
              throw Refusal.tooMany("too many tries: wait a little", wait);
            });
    Attempt attempt = Attempt.fresh();
    URI there;
    try {
      there = provider.ask(attempt, callbackUrl(context));
    } catch (ProviderException e) {
      throw failed(e);
    }
    attempts.add(attempt);
    setAttempt(context, attempt.state().text(), (int) Attempts.LONGEST.toSeconds());
    context.redirect(there.toString());
  }

  private void callback(Context context) {
    Attempt attempt = attempt(context);
    setAttempt(context, "", 0);
    String code = context.queryParam("code");
    if (code == null || code.isBlank()) {
      // What it says is in the address, which anybody can make up: it is not repeated.
      throw Refusal.of(
          HttpStatus.FORBIDDEN, "the provider did not log you in: try again at /login");
    }
    Secret session;
    try {
      session = accounts.begin(provider.answer(attempt, code, callbackUrl(context)));
    } catch (ProviderException e) {
      throw failed(e);
    }
    cookie.write(context, session);
    context.redirect("/");
  }

  private URI callbackUrl(Context context) {
    return URI.create(front.url(context) + CALLBACK);
  }

  private void setAttempt(Context context, String value, int maxAge) {
    Cookie set = new Cookie(COOKIE, value, "/oidc", maxAge);
    set.setHttpOnly(true);
    set.setSecure(front.isSecure(context));
    set.setSameSite(SameSite.LAX);
    context.cookie(set);
  }

  /** The attempt that this browser has begun; it is used up. */
  private Attempt attempt(Context context) {
    String state = context.queryParam("state");
    return Optional.ofNullable(context.cookie(COOKIE))
        .filter(kept -> kept.equals(state))
        .flatMap(attempts::take)
        .orElseThrow(
            () ->
                Refusal.of(
                    HttpStatus.FORBIDDEN,
                    "this login was not begun here, or too long ago: try again at /login"));
  }

  private static Refusal failed(ProviderException e) {
    LOG.warn("the provider of identities: {}", e.getMessage());
    return Refusal.of(
        HttpStatus.BAD_GATEWAY,
        "the provider could not be asked who you are: try again, the server's log says why");
  }
}
