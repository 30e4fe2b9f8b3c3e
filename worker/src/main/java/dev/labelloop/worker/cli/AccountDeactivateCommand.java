package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.worker.BadInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends an account. */
@Command(
    name = "deactivate",
    description = {
      "End an account: its sessions, links and tokens let nobody in from now on.",
      "What it answered stays. An ADMIN can make it active again at /accounts."
    })
final class AccountDeactivateCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private AccountOptions options;

  @Parameters(paramLabel = "NAME", description = "Of the account.")
  private String name;

  @Override
  public Integer call() {
    try (AccountBook book = options.open()) {
      switch (book.accounts.change(
          AuditRepository.COMMAND_LINE, name, AccountRepository.Change.active(false))) {
        case CHANGED ->
            output.answer(
                AccountText.of(book.accounts.find(name).orElseThrow()), name + " has ended");
        case UNKNOWN -> throw AccountOptions.unknown(name);
        case LAST_ADMIN ->
            throw new BadInputException(
                name + " is the last ADMIN: add another first, or nobody could let people in");
      }
    }
    return 0;
  }
}
