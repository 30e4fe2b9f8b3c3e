package dev.labelloop.worker.web.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.worker.web.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What goes over the wire. */
final class Views {
  private static final List<String> LANGUAGES = List.of("en", "zh");

  private Views() {}

  /**
   * Who is asking.
   *
   * @param method session, token or open
   * @param languages that the pages know
   */
  record Me(String name, String display, Role role, String method, List<String> languages) {
    static Me of(Caller caller) {
      return new Me(
          caller.name(),
          caller.display(),
          caller.role(),
          caller.method().name().toLowerCase(Locale.ROOT),
          LANGUAGES);
    }
  }

  /**
   * How people get in.
   *
   * @param provider where the browser goes to log in at a provider of identities; null: nowhere
   */
  record Ways(@Nullable String provider) {
    static Ways of(boolean provider) {
      return new Ways(provider ? ProviderPart.LOGIN : null);
    }
  }

  /**
   * An account.
   *
   * @param password whether it has one
   */
  record AccountView(
      String name, String display, Role role, boolean active, boolean password, Instant made) {
    static AccountView of(Account account) {
      return new AccountView(
          account.name(),
          account.display(),
          account.role(),
          account.active(),
          account.hasPassword(),
          account.madeAt());
    }
  }

  record Accounts(List<AccountView> accounts) {}

  /**
   * A link that lets an account in once.
   *
   * @param until it does
   */
  record Link(String link, Instant until) {}

  /**
   * A token of one's own.
   *
   * @param used to the minute; null: never
   * @param expires null: never
   */
  record TokenView(
      long id, String label, Instant made, @Nullable Instant used, @Nullable Instant expires) {
    static TokenView of(TokenRepository.Token token) {
      return new TokenView(
          token.id(), token.label(), token.madeAt(), token.usedAt(), token.expiresAt());
    }
  }

  record Tokens(List<TokenView> tokens) {}

  /** A new token, with the only sight of it that there will be. */
  record NewToken(long id, String label, @Nullable Instant expires, String token) {}

  /** A change. */
  record EntryView(
      long id,
      Instant at,
      String actor,
      String action,
      String subject,
      @JsonRawValue @JsonProperty("detail") String detail) {
    static EntryView of(AuditRepository.Entry entry) {
      return new EntryView(
          entry.id(), entry.at(), entry.actor(), entry.action(), entry.subject(), entry.detail());
    }
  }

  record Entries(List<EntryView> entries) {}
}
