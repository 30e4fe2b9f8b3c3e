package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.worker.BadInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token for a script. */
@Command(
    name = "token",
    description = {
      "Print a token by which scripts may do what an account may; it is never shown again.",
      "The account's owner can revoke it at /account."
    })
final class AccountTokenCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 36_500;

  @Mixin private Output output;
  @Mixin private AccountOptions options;

  @Parameters(paramLabel = "NAME", description = "Of an active account.")
  private String name;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      defaultValue = "made on the command line",
      description = "What it is for (default: ${DEFAULT-VALUE}).")
  private String label;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "So long it lets in (default: until it is revoked).")
  private @Nullable Integer days;

  /**
   * The answer in JSON.
   *
   * @param expires null: never
   */
  record Answer(long id, String name, String label, @Nullable Instant expires, String token) {}

  @Override
  public Integer call() {
    String sound = AccountOptions.sound(() -> TokenRepository.Token.requireLabel(label));
    Instant expires = days == null ? null : Instant.now().plus(Duration.ofDays(checked(days)));
    try (AccountBook book = options.open()) {
      TokenRepository.Made made =
          book.tokens
              .make(AuditRepository.COMMAND_LINE, name, sound, expires)
              .orElseThrow(
                  () ->
                      book.accounts.find(name).isEmpty()
                          ? AccountOptions.unknown(name)
                          : new BadInputException(
                              name + " is not active: an ADMIN can make it so at /accounts"));
      output.answer(
          new Answer(made.token().id(), name, sound, expires, made.secret().text()),
          made.secret().text());
    }
    return 0;
  }

  private static int checked(int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw new BadInputException("--days " + days + " must be 1 to " + MOST_DAYS);
    }
    return days;
  }
}
