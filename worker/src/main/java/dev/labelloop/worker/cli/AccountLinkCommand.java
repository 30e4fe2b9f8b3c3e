package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.account.FirstAccess;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a link that lets an account in. */
@Command(
    name = "link",
    description = {
      "Print a link that lets an account in once, within a day.",
      "Links of the account that were made before and not used let nobody in any more."
    })
final class AccountLinkCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private AccountOptions options;

  @Parameters(paramLabel = "NAME", description = "Of an active account.")
  private String name;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address by which people come (default: the one that the home's server has).")
  private @Nullable String url;

  /**
   * The answer in JSON.
   *
   * @param until it lets in
   */
  record Answer(String name, String link, Instant until) {}

  @Override
  public Integer call() {
    String server = url == null ? options.url() : Front.behind(url, "--url").url("");
    try (AccountBook book = options.open()) {
      Secret link =
          book.sessions
              .makeLink(AuditRepository.COMMAND_LINE, name)
              .orElseThrow(
                  () ->
                      book.accounts.find(name).isEmpty()
                          ? AccountOptions.unknown(name)
                          : new BadInputException(
                              name + " is not active: an ADMIN can make it so at /accounts"));
      String address = FirstAccess.address(server, link);
      output.answer(new Answer(name, address, Instant.now().plus(SessionRepository.LINK)), address);
    }
    return 0;
  }
}
