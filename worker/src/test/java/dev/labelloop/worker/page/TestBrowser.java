package dev.labelloop.worker.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's Chromium, driven by Playwright with the machine's Node: neither is downloaded. Only
 * the thread that started it may use it.
 */
final class TestBrowser implements AutoCloseable {
  /** Without a sandbox, since CI runs as root; without what asks for other hosts. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--font-render-hinting=none",
          "--force-color-profile=srgb");

  private static final List<String> CHROMIUM =
      List.of("chromium", "chromium-browser", "google-chrome");

  /**
   * How long to wait for what must come. Only failures take so long, and slow machines need some of
   * it.
   */
  static final int PATIENCE_MILLIS = 60_000;

  /** What Playwright's driver asks for. */
  private static final int LEAST_NODE = 20;

  private final Playwright playwright;
  final Browser browser;

  private TestBrowser(Path chromium, Path node) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(ARGUMENTS)
                    .setHeadless(true));
  }

  /**
   * Starts one. Where Chromium or Node is missing, the test is skipped, and says so; in CI it
   * fails, since a page that nobody looked at is not tested.
   */
  static TestBrowser start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return new TestBrowser(program("CHROMIUM", CHROMIUM, chromium -> true, "a Chromium"), node());
  }

  /** Where Node is, or a skipped test. */
  static Path node() {
    return program(
        "NODE", List.of("node"), node -> version(node) >= LEAST_NODE, "a Node of 20 or newer");
  }

  private static Path program(
      String variable, List<String> names, Predicate<Path> fits, String what) {
    String named = System.getenv(variable);
    Stream<Path> places = named == null ? installed(names) : Stream.of(Path.of(named));
    Optional<Path> found = places.filter(Files::isExecutable).filter(fits).findFirst();
    String missing =
        "the pages are not looked at: there is no %s at %s (%s names one, `make test-page` gets one)"
            .formatted(what, named == null ? names + " in PATH" : named, variable);
    if (found.isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new IllegalStateException(missing);
    }
    Assumptions.assumeTrue(found.isPresent(), "SKIPPED: " + missing);
    return found.orElseThrow();
  }

  private static Stream<Path> installed(List<String> names) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)));
  }

  /** The major one of a Node; 0 if it does not start. */
  private static int version(Path node) {
    try {
      Process process =
          new ProcessBuilder(node.toString(), "-p", "process.versions.node.split('.')[0]").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Integer.parseInt(said.strip()) : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
