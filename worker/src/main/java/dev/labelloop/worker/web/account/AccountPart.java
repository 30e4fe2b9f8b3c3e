package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.SessionRepository.By;
import dev.labelloop.activities.account.SessionRepository.Session;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Logging in and out, accounts, tokens and the audit log; it keeps the door of all parts. */
public final class AccountPart implements Part {
  /** What nobody need be known for. */
  static final Set<String> OPEN = Set.of("/api/login", "/api/link");

  private static final Set<String> OWN = Set.of("/api/logout", "/api/password", "/api/tokens");

  /** Whoever has just come by a link may have forgotten the password. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private static final int ENTRIES = 100;
  private static final int MOST_ENTRIES = 1_000;

  private final SessionRepository sessions;
  private final AuditRepository audit;
  private final Front front;
  private final SessionCookie cookie;
  private final Doorkeeper doorkeeper;
  private final Entrance entrance;
  private final AccountDesk desk;
  private final @Nullable ProviderPart providers;

  /**
   * @param front how people reach the server
   * @param provider that vouches for people; null: there is none
   */
  public AccountPart(
      AccountStores stores, Passwords passwords, Front front, @Nullable ProviderSettings provider) {
    this(stores, passwords, front, provider, System::nanoTime);
  }

  /**
   * As the other.
   *
   * @param clock nanoseconds since some moment
   */
  AccountPart(
      AccountStores stores,
      Passwords passwords,
      Front front,
      @Nullable ProviderSettings provider,
      LongSupplier clock) {
    this.sessions = stores.sessions();
    this.audit = stores.audit();
    this.front = front;
    cookie = new SessionCookie(front);
    doorkeeper = new Doorkeeper(sessions, stores.tokens(), cookie, front, clock);
    entrance = new Entrance(stores.accounts(), sessions, passwords, clock);
    desk = new AccountDesk(stores.accounts(), sessions, stores.tokens(), passwords);
    providers =
        provider == null
            ? null
            : new ProviderPart(
                new Provider(provider), new ProviderAccounts(stores, provider), cookie, front);
  }

  /** Whether this changes nothing but what is the caller's own. */
  static boolean isOwn(String path) {
    return OWN.contains(path) || path.startsWith("/api/tokens/");
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.before(doorkeeper);
    routes.get("/api/me", c -> Json.answer(c, Views.Me.of(Caller.of(c))));
    routes.get("/api/login", c -> Json.answer(c, Views.Ways.of(providers != null)));
    routes.post("/api/login", this::login);
    routes.post("/api/link", this::link);
    routes.post("/api/logout", this::logout);
    routes.post("/api/password", this::password);
    routes.get("/api/accounts", this::accounts);
    routes.post("/api/accounts", this::addAccount);
    routes.patch("/api/accounts/{name}", this::changeAccount);
    routes.post("/api/accounts/{name}/link", this::makeLink);
    routes.get("/api/tokens", this::tokens);
    routes.post("/api/tokens", this::makeToken);
    routes.delete("/api/tokens/{id}", this::revokeToken);
    routes.get("/api/audit", this::audit);
    if (providers != null) {
      providers.addTo(routes);
    }
  }

  private void login(Context context) {
    Fields fields = Fields.of(context, "name", "password");
    letIn(
        context,
        entrance.byPassword(fields.text("name"), fields.text("password"), front.address(context)));
  }

  private void link(Context context) {
    Fields fields = Fields.of(context, "link");
    letIn(context, entrance.byLink(fields.text("link"), front.address(context)));
  }

  /** A session always begins under a new secret, and the browser's last one ends. */
  private void letIn(Context context, Secret begun) {
    cookie.read(context).ifPresent(sessions::end);
    cookie.write(context, begun);
    Session session = sessions.use(begun).orElseThrow(() -> Caller.nobody(context));
    Json.answer(context, Views.Me.of(Caller.of(session.account(), Caller.Method.SESSION)));
  }

  private void logout(Context context) {
    cookie.read(context).ifPresent(sessions::end);
    cookie.clear(context);
    context.status(HttpStatus.NO_CONTENT);
  }

  private void password(Context context) {
    Session session = session(context);
    if (session.begunBy() == By.PROVIDER) { // else it could outlive the provider's word
      throw Refusal.of(
          HttpStatus.FORBIDDEN, "you log in at a provider: change your password there");
    }
    Fields fields = Fields.of(context, "current", "new");
    String name = session.account().name();
    if (asksCurrent(session)) {
      entrance.verified(name, fields.text("current"), front.address(context));
    }
    letIn(context, desk.setPassword(name, fields.text("new")));
  }

  private static boolean asksCurrent(Session session) {
    boolean fresh = session.begunAt().plus(FRESH).isAfter(Instant.now());
    return session.account().hasPassword() && !(session.begunBy() == By.LINK && fresh);
  }

  /** A stolen token must not be able to make itself more than it is. */
  private Session session(Context context) {
    return Optional.of(Caller.of(context))
        .filter(caller -> caller.method() == Caller.Method.SESSION)
        .flatMap(caller -> cookie.read(context))
        .flatMap(sessions::use)
        .orElseThrow(
            () ->
                Refusal.of(
                    HttpStatus.FORBIDDEN, "a token cannot do this: log in with name and password"));
  }

  private void accounts(Context context) {
    Caller.of(context, Role.ADMIN);
    Json.answer(
        context, new Views.Accounts(desk.all().stream().map(Views.AccountView::of).toList()));
  }

  private void addAccount(Context context) {
    Caller caller = Caller.of(context, Role.ADMIN);
    Fields fields = Fields.of(context, "name", "role", "display", "password");
    Role role =
        fields
            .optionalRole("role")
            .orElseThrow(
                () ->
                    Refusal.badRequest("role is missing: use VIEWER, REVIEWER, OPERATOR or ADMIN"));
    Json.answer(
        context.status(HttpStatus.CREATED),
        Views.AccountView.of(
            desk.add(
                caller.name(),
                fields.text("name"),
                role,
                fields.optionalText("display"),
                fields.optionalText("password"))));
  }

  private void changeAccount(Context context) {
    Caller caller = Caller.of(context, Role.ADMIN);
    Fields fields = Fields.of(context, "role", "display", "password", "active");
    Json.answer(
        context,
        Views.AccountView.of(
            desk.change(
                caller.name(),
                context.pathParam("name"),
                fields.optionalRole("role"),
                fields.optionalText("display"),
                fields.optionalText("password"),
                fields.optionalFlag("active"))));
  }

  private void makeLink(Context context) {
    Caller caller = Caller.of(context, Role.ADMIN);
    Secret link = desk.link(caller.name(), context.pathParam("name"));
    Json.answer(
        context,
        new Views.Link(
            FirstAccess.address(front.url(context), link),
            Instant.now().plus(SessionRepository.LINK)));
  }

  private void tokens(Context context) {
    Json.answer(
        context,
        new Views.Tokens(
            desk.tokens(Caller.of(context).name()).stream().map(Views.TokenView::of).toList()));
  }

  private void makeToken(Context context) {
    Session session = session(context);
    Fields fields = Fields.of(context, "label", "expires");
    TokenRepository.Made made =
        desk.makeToken(
            session.account().name(), fields.text("label"), fields.optionalTimeToCome("expires"));
    Json.answer(
        context.status(HttpStatus.CREATED),
        new Views.NewToken(
            made.token().id(),
            made.token().label(),
            made.token().expiresAt(),
            made.secret().text()));
  }

  private void revokeToken(Context context) {
    desk.revokeToken(Caller.of(context).name(), context.pathParam("id"));
    context.status(HttpStatus.NO_CONTENT);
  }

  private void audit(Context context) {
    Caller.of(context, Role.ADMIN);
    long before = number(context, "before", Long.MAX_VALUE, Long.MAX_VALUE);
    int limit = (int) number(context, "limit", ENTRIES, MOST_ENTRIES);
    Json.answer(
        context,
        new Views.Entries(audit.before(before, limit).stream().map(Views.EntryView::of).toList()));
  }

  private static long number(Context context, String name, long usual, long most) {
    @Nullable String text = context.queryParam(name);
    if (text == null) {
      return usual;
    }
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
      throw Refusal.badRequest(name + " = " + text + ": give a whole number, 1 to " + most);
    }
    return Long.parseLong(text);
  }
}
