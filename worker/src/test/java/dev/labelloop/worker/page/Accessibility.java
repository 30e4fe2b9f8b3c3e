package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks for what <a href="https://github.com/dequelabs/axe-core">axe-core</a> can find. */
final class Accessibility {
  private static final String AXE = read("/axe.min.js");

  /** Every rule that is on by default, and WCAG 2.2's smallest target, which is not. */
  private static final String RUN =
      """
      () => axe.run(document, {
        resultTypes: ['violations'],
        rules: {'target-size': {enabled: true}},
      }).then(found => found.violations.flatMap(violation => violation.nodes.map(node =>
        violation.id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary + ' ' + node.html)))
      """;

  /** Colours that fade in are no colours to be judged; what moves for ever may go on. */
  private static final String STILL =
      """
      () => Promise.allSettled(document.getAnimations()
        .filter(one => one.playState === 'running' && one.effect.getComputedTiming().endTime < 60_000)
        .map(one => one.finished))
      """;

  private Accessibility() {}

  /** Fails with every violation on the page as it is, once nothing moves. */
  static void assertClean(Page page, String state) {
    page.evaluate(STILL);
    page.evaluate(AXE); // not a script of the page: its content security policy stays in force
    Object found = page.evaluate(RUN);
    assertThat((List<?>) found).as("what axe-core finds: %s", state).isEmpty();
  }

  private static String read(String resource) {
    try (InputStream in = Accessibility.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
