package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Guards what every test of a page stands on. The machine's Chromium is newer than Playwright. */
@ExtendWith(Studio.Shared.class)
class TestBrowserTest {
  /** With fewer, CSS and modules that the pages are written in are missing. */
  private static final int LEAST_CHROMIUM = 120;

  @Test
  void drivesAChromiumThatIsNewEnough(Studio studio) {
    String version = studio.browser().version();

    assertThat(Integer.parseInt(version.substring(0, version.indexOf('.'))))
        .as("Chromium %s", version)
        .isGreaterThanOrEqualTo(LEAST_CHROMIUM);
  }

  @Test
  void clicksTypesAndTakesPictures(Studio studio) {
    try (Page page = studio.browser().newPage()) {
      page.setContent(
          """
          <button onclick="this.textContent = 'done'">do</button><input aria-label="name">
          """);

      page.locator("button").click();
      page.getByLabel("name").pressSequentially("ab");
      page.keyboard().press("Shift+C");

      assertThat(page.locator("button").textContent()).isEqualTo("done");
      assertThat(page.getByLabel("name").inputValue()).isEqualTo("abC");
      assertThat(page.locator("body").ariaSnapshot()).contains("button \"done\"");
      assertThat(page.screenshot()).startsWith(0x89, 'P', 'N', 'G');
    }
  }
}
