package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Role;
import dev.labelloop.worker.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an account. */
@Command(name = "add", description = "Add an account; its name is never given again.")
final class AccountAddCommand implements Callable<Integer> {
  private static final String STDIN = "stdin";

  @Mixin private Output output;
  @Mixin private AccountOptions options;

  @Parameters(
      paramLabel = "NAME",
      description = "By which it logs in and signs answers, such as ann.")
  private String name;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "One of ${COMPLETION-CANDIDATES}; each may do what those before it may.")
  private Role role;

  @Option(
      names = "--display",
      paramLabel = "TEXT",
      description = "As people read it (default: NAME).")
  private @Nullable String display;

  @Option(
      names = "--password-from",
      paramLabel = "ENV|stdin",
      description = {
        "Environment variable with the password, or 'stdin' to read a line",
        "(default: none; 'account link NAME' lets in who has none)."
      })
  private @Nullable String passwordFrom;

  @Override
  public Integer call() {
    AccountRepository.New account =
        AccountOptions.sound(
            () ->
                new AccountRepository.New(
                    Account.requireName(name),
                    Account.requireDisplay(display == null ? name : display),
                    role,
                    passwordFrom == null
                        ? null
                        : new Passwords(Passwords.COST).hash(password(passwordFrom))));
    try (AccountBook book = options.open()) {
      if (!book.accounts.add(AuditRepository.COMMAND_LINE, account)) {
        throw new BadInputException("name '" + name + "' is taken, or was once: choose another");
      }
      Account added = book.accounts.find(name).orElseThrow();
      output.answer(
          AccountText.of(added),
          added.hasPassword()
              ? name + " can log in"
              : name + " can come in by a link: 'labelloop account link " + name + "' makes one");
    }
    return 0;
  }

  private static String password(String from) {
    String password = from.equals(STDIN) ? line() : System.getenv(from);
    if (password == null) {
      throw new BadInputException(
          "--password-from "
              + from
              + (from.equals(STDIN)
                  ? ": standard input is empty, give one line"
                  : ": there is no such environment variable"));
    }
    return password;
  }

  private static @Nullable String line() {
    try {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }
}
