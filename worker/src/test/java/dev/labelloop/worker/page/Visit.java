package dev.labelloop.worker.page;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A person with a browser of their own, signed in. When they leave, the test fails if a page
 * complained: of an error in a script, or of something that its content security policy forbids.
 */
final class Visit implements AutoCloseable {
  /** What browsers say of a request that failed; pages are meant to bear that. */
  private static final String LOST_REQUEST = "Failed to load resource";

  private static final Path SEEN = Path.of("target", "page");

  /** Makes the browser so many times slower: what then fails would fail on a slow machine. */
  private static final int SLOWER = Integer.getInteger("page.slower", 1);

  final Person person;
  final BrowserContext context;
  private final List<String> complaints = new ArrayList<>();

  /**
   * @param person who it is; null: nobody who is signed in
   * @param how size, language, colours …
   */
  Visit(Browser browser, String url, Person person, Consumer<Browser.NewContextOptions> how) {
    this.person = person;
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setBaseURL(url)
            .setViewportSize(1280, 800)
            .setLocale("en-GB")
            .setTimezoneId("UTC");
    how.accept(options);
    context = browser.newContext(options);
    context.setDefaultTimeout(TestBrowser.PATIENCE_MILLIS);
    if (person != null) {
      context.addCookies(
          List.of(
              new Cookie(person.cookieName(), person.cookieValue())
                  .setDomain(URI.create(url).getHost())
                  .setPath("/")
                  .setHttpOnly(true)));
    }
    context.onPage(this::listen);
  }

  private void listen(Page page) {
    if (SLOWER > 1) {
      JsonObject rate = new JsonObject();
      rate.addProperty("rate", SLOWER);
      context.newCDPSession(page).send("Emulation.setCPUThrottlingRate", rate);
    }
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains(LOST_REQUEST)) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
  }

  /** A new tab at an address such as {@code /accounts}. */
  Page open(String path) {
    Page page = context.newPage();
    page.navigate(path);
    return page;
  }

  /** The review page with a campaign's next image. */
  ReviewPage review(String campaign) {
    return ReviewPage.open(context, campaign);
  }

  /** What pages complained of so far; forgotten with this. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  @Override
  public void close() {
    for (Page page : context.pages()) {
      String name = URI.create(page.url()).getPath().replaceAll("\\W", "");
      page.screenshot(new Page.ScreenshotOptions().setPath(SEEN.resolve("last-" + name + ".png")));
    }
    context.close();
    if (!complaints.isEmpty()) {
      throw new AssertionError("a page complained: " + complaints);
    }
  }
}
