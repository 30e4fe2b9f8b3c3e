package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CliTest {
  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpAndADescription(String command) {
    Ran ran = Ran.run((command + " --help").strip().split(" "));

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("Usage: labelloop").contains("--help");
    assertThat(ran.err()).isEmpty();
  }

  static Stream<String> commands() {
    return below(new CommandLine(new Labelloop()), "");
  }

  private static Stream<String> below(CommandLine command, String path) {
    assertThat(command.getCommandSpec().usageMessage().description()).as(path).isNotEmpty();
    return Stream.concat(
        Stream.of(path),
        command.getSubcommands().entrySet().stream()
            .flatMap(e -> below(e.getValue(), (path + " " + e.getKey()).strip())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                       | which command?
          evaluat                                  | labelloop evaluate
          evaluate                                 | Missing required options: '--truth=GT.json', '--detections=DT.json'
          evaluate --truth                         | Missing required parameter for option '--truth'
          evaluate --truth /no --detections /no    | --truth /no does not exist
          evaluate --truth / --detections /no      | --truth / is not a file
          train --images /no --labels a --holdout b | --images /no does not exist
          train --images /tmp --labels /no --holdout b | --labels /no does not exist
          train --images /tmp --labels a --holdout b --input 100 | --input 100 must be a multiple of 32
          train --images /tmp --labels a --holdout b --sample 0 | --sample 0 must be at least 1
          predict --model /no --images /no --out o --format coco | --images /no does not exist
          predict --model /no --images /tmp --out o --format xml | format 'xml' cannot be written
          predict --model /no --images /tmp --out o --format coco --threshold 2 | --threshold 2.0 must be from 0 to 1
          convert --in /tmp --from xml --out o --to coco | format 'xml' cannot be read
          run /no.yaml                             | specification /no.yaml is not a file
          campaign                                 | campaign what?
          campaign status                          | Missing required parameter: 'CAMPAIGN'
          campaign status a/b                      | campaign name 'a/b' must be 1 to 64 letters
          campaign status street --home /no        | no servers run in home /no: start 'labelloop serve --home /no'
          campaign amend street                    | nothing to amend: give at least one of budget, deadline, target and rounds
          campaign amend street --budget 5x        | '5x' must be a number such as 0.05 or 5%
          campaign amend street --budget 500%      | budget is 5.0, must be a share above 0 and at most 1, such as 0.05
          campaign amend street --deadline 3d      | '3d' must be a duration such as P1D (days) or PT8H (hours)
          campaign amend street --budget 5% --home /no | no servers run in home /no
          account                                  | account what?
          account list --home /no                  | no servers run in home /no: start 'labelloop serve --home /no'
          serve --oidc-client x                    | the other --oidc options go with --oidc-issuer
          serve --oidc-issuer https://a.example    | --oidc-issuer goes with --oidc-client
          serve --oidc-issuer https://a.example --oidc-client x | nobody could get in: give --oidc-default-role
          serve --oidc-issuer https://a.example --oidc-client x --oidc-role a=ADMIN | --oidc-role-claim and --oidc-role go together
          serve --oidc-issuer http://a.example --oidc-client x --oidc-default-role viewer | --oidc-issuer http://a.example is no address of a provider: give https://
          serve --oidc-issuer https://a.example --oidc-client x --oidc-default-role viewer --oidc-secret-from NO_SUCH | --oidc-secret-from NO_SUCH: there is no such environment variable
          serve --public-url nowhere               | --public-url nowhere is no address: give https://NAME
          review complete --campaign a --batch b   | batch id 'b' must look like street/r1/b0
          review complete --campaign a --batch b/r1/b0 | batch b/r1/b0 is not of campaign a
          """)
  void endsWithCode2AndOneClearLineForAMistake(String line, String expected) {
    Ran ran = Ran.run(line.isEmpty() ? new String[0] : line.split("\\s+"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("labelloop: ").contains(expected).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void tellsTheVersion() {
    assertThat(Ran.run("--version").out()).startsWith("LabelLoop ");
  }
}
