package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.IdentityRepository.Identity;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of people for whom a provider vouches. They are known by its subject alone: names
 * and mail addresses change hands. Where it gives roles, an account follows them at each login.
 */
final class ProviderAccounts {
  /** Leaves room for a number. */
  private static final int NAME = 58;

  private final AccountStores stores;
  private final ProviderSettings settings;

  ProviderAccounts(AccountStores stores, ProviderSettings settings) {
    this.stores = stores;
    this.settings = settings;
  }

  /**
   * Begins a session.
   *
   * @param claims of an ID token that is to be believed
   * @throws Refusal if the person may not come in
   */
  Secret begin(Map<String, Object> claims) {
    Identity identity =
        new Identity(settings.issuer().toString(), String.valueOf(claims.get("sub")));
    Optional<Role> given = given(claims);
    Optional<String> known = stores.identities().find(identity);
    if (given.isEmpty() && (known.isEmpty() || settings.roleClaim() != null)) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN,
          "the provider gives you no role here: ask whoever looks after it for one");
    }
    String account = known.orElseGet(() -> add(identity, claims, given.orElseThrow()));
    if (settings.roleClaim() != null) {
      follow(account, given.orElseThrow());
    }
    return stores
        .sessions()
        .beginByProvider(account)
        .orElseThrow(
            () -> Refusal.of(HttpStatus.FORBIDDEN, account + " is not active here: ask an ADMIN"));
  }

  private String add(Identity identity, Map<String, Object> claims, Role role) {
    String name = name(claims);
    return stores
        .identities()
        .findOrAdd(AuditRepository.PROVIDER, identity, name, display(claims, name), role);
  }

  /** Takes over a role that has changed; the last ADMIN stays one whatever the provider says. */
  private void follow(String name, Role role) {
    Account account = stores.accounts().find(name).orElseThrow();
    if (account.active() && account.role() != role) {
      stores
          .accounts()
          .change(
              AuditRepository.PROVIDER, name, new AccountRepository.Change(null, role, null, null));
    }
  }

  /** The largest role of the person's groups, or the usual one. */
  private Optional<Role> given(Map<String, Object> claims) {
    return groups(claims)
        .map(settings.roles()::get)
        .filter(Objects::nonNull)
        .max(Role::compareTo)
        .or(() -> Optional.ofNullable(settings.usual()));
  }

  private Stream<String> groups(Map<String, Object> claims) {
    Object value = settings.roleClaim() == null ? null : claims.get(settings.roleClaim());
    if (value instanceof Collection<?> list) {
      return list.stream().map(String::valueOf);
    }
    return Stream.ofNullable(value).map(String::valueOf);
  }

  /** A name that an account may have, as near as can be to what the person is called there. */
  private static String name(Map<String, Object> claims) {
    return Stream.of(claims.get("preferred_username"), claims.get("email"))
        .filter(Objects::nonNull)
        .map(claim -> likeAName(String.valueOf(claim)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("somebody");
  }

  private static Optional<String> likeAName(String text) {
    String name =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._@-]+", "-")
            .replaceAll("^[^a-z0-9]+", "");
    try {
      return Optional.of(Account.requireName(name.substring(0, Math.min(NAME, name.length()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String display(Map<String, Object> claims, String name) {
    @Nullable Object claim = claims.get("name");
    try {
      return claim == null ? name : Account.requireDisplay(String.valueOf(claim));
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
