package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.Role;
import java.time.Instant;
import java.util.Locale;

/**
 * An account as it is listed.
 *
 * @param password whether it has one
 */
record AccountText(
    String name, String display, Role role, boolean active, boolean password, Instant made) {
  static AccountText of(Account account) {
    return new AccountText(
        account.name(),
        account.display(),
        account.role(),
        account.active(),
        account.hasPassword(),
        account.madeAt());
  }

  String line() {
    return String.format(
        Locale.ROOT, "%-20s  %-8s  %-8s  %s%n", name, role, active ? "active" : "ended", display);
  }
}
