package dev.labelloop.worker.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists accounts. */
@Command(name = "list", description = "List the accounts, ended ones too.")
final class AccountListCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private AccountOptions options;

  /** The answer in JSON. */
  record Answer(List<AccountText> accounts) {}

  @Override
  public Integer call() {
    try (AccountBook book = options.open()) {
      List<AccountText> accounts = book.accounts.all().stream().map(AccountText::of).toList();
      String text = accounts.stream().map(AccountText::line).collect(Collectors.joining());
      output.answer(new Answer(accounts), text.isEmpty() ? "no accounts" : text);
    }
    return 0;
  }
}
