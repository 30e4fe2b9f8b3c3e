package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.labelloop.activities.account.Role;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coming in, and looking after who comes in. */
@ExtendWith(Studio.Shared.class)
class AccountPagesTest {
  @Test
  void letsTheFirstOneInByTheLinkThatIsPrintedOnce(Studio studio) throws Exception {
    String link = studio.firstLink();
    try (Visit visit = studio.stranger()) {
      Page page = visit.open(path(link));

      page.waitForURL(studio.url() + "/");
      assertThat(page.locator("#shell")).containsText("Admin");
      assertThat(page.locator("h1")).containsText("Campaigns");
    }
    try (Visit visit = studio.stranger()) {
      Page page = visit.open(path(link));
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("This link has been used");
      assertThat(page.url()).doesNotContain("link=");
      Accessibility.assertClean(page, "a used link");
    }
  }

  @Test
  void tellsNobodyWhichOfNameAndPasswordIsWrong(Studio studio) {
    try (Visit visit = studio.stranger()) {
      Page page = visit.open("/login");
      page.getByLabel("Name").fill("nobody-of-this-name");
      page.getByLabel("Password").fill("not the password");

      page.keyboard().press("Enter");

      assertThat(page.locator("main")).containsText("Name and password do not belong together");
      Accessibility.assertClean(page, "a wrong password");
    }
  }

  @Test
  void invitesSomebodyWhoChoosesAPasswordAndSignsInAgain(Studio studio) {
    String link;
    try (Visit visit = studio.visit("host", Role.ADMIN)) {
      Page page = visit.open("/accounts");
      button(page, "Add a person").click();
      page.locator("dialog[open]").getByLabel("Name").fill("guest");
      page.getByLabel("Shown as").fill("A <b>guest</b>");
      page.keyboard().press("Enter");
      Locator dialog = page.locator("dialog[open]");
      assertThat(dialog).containsText("A link for guest");
      link = dialog.locator("input").inputValue();
      page.keyboard().press("Escape");
      assertThat(page.getByRole(AriaRole.TABLE).first()).containsText("A <b>guest</b>");
      assertThat(page.locator("main")).containsText("added an account");
    }
    try (Visit visit = studio.stranger()) {
      Page page = visit.open(path(link));
      page.waitForURL(studio.url() + "/");
      page.navigate("/account");
      exactly(page, "New password").fill("a long secret phrase");
      page.getByLabel("The new password again").fill("a long secret phrase");
      button(page, "Change the password").click();
      assertThat(page.locator("#toasts")).containsText("The password is changed");
      page.locator("button.who").click();
      page.getByText("Sign out").click();
      page.waitForURL(Pattern.compile(".*/login.*"));
      page.getByLabel("Name").fill("guest");
      page.getByLabel("Password").fill("a long secret phrase");
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("^(?!.*login).*"));
      assertThat(page.locator("#shell")).containsText("A <b>guest</b>");
    }
  }

  @Test
  void endsAnAccountAndItsSessionsAtOnce(Studio studio) {
    Person leaver = studio.person("leaver", Role.REVIEWER);
    try (Visit visit = studio.visit("closer", Role.ADMIN)) {
      Page page = visit.open("/accounts");
      page.getByRole(AriaRole.ROW)
          .filter(new Locator.FilterOptions().setHasText("leaver"))
          .getByText("Deactivate")
          .click();
      page.locator("dialog[open] button.danger").click();

      assertThat(page.locator("#toasts")).containsText("leaver is deactivated");
      assertThat(leaver.get("/api/me").status()).isEqualTo(401);
    }
  }

  @Test
  void showsATokenOnceAndTakesItBack(Studio studio) {
    try (Visit visit = studio.visit("scripter", Role.REVIEWER)) {
      Page page = visit.open("/account");
      page.getByLabel("What for").fill("nightly export");
      button(page, "Make a token").click();
      String token = page.locator("[aria-live] input").inputValue();

      assertThat(token).hasSizeGreaterThan(30);
      page.reload();
      assertThat(page.locator("main")).containsText("nightly export");
      assertThat(page.content()).doesNotContain(token);
      button(page, "Revoke").first().click();
      page.locator("dialog[open] button.danger").click();
      assertThat(page.locator("main")).containsText("You have no tokens");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void hasNoObstacles(ColorScheme colours, Studio studio) {
    Person admin =
        studio.person("obstacles-" + (colours == ColorScheme.DARK ? "dark" : "light"), Role.ADMIN);
    try (Visit visit = studio.visit(admin, how -> how.setColorScheme(colours))) {
      visit.context.route("**/api/accounts", route -> listFew(studio, route));
      Page accounts = visit.open("/accounts");
      assertThat(accounts.getByRole(AriaRole.TABLE)).hasCount(2); // people, and what they did
      Accessibility.assertClean(accounts, "accounts");
      button(accounts, "Add a person").click();
      Accessibility.assertClean(accounts, "adding a person");
      Page account = visit.open("/account");
      assertThat(account.locator("main")).containsText("You have no tokens");
      Accessibility.assertClean(account, "one's own account");
    }
    try (Visit visit = studio.visit((Person) null, how -> how.setColorScheme(colours))) {
      Page page = visit.open("/login");
      assertThat(page.locator("h1")).isVisible();
      Accessibility.assertClean(page, "/login");
    }
  }

  @Test
  void keepsViewersFromWhatIsNotTheirs(Studio studio) {
    try (Visit visit = studio.visit("curious", Role.VIEWER)) {
      Page page = visit.open("/quality?campaign=any");

      assertThat(page.locator("main"))
          .containsText("Quality is for reviewers, who check each other, and for operators");
      assertThat(page.locator("#shell")).not().containsText("Accounts");
      assertThat(visit.person.get("/api/accounts").status()).isEqualTo(403);
    }
  }

  /** Other tests have made hundreds of accounts: of these, three show all there is to be seen. */
  private static void listFew(Studio studio, Route route) {
    APIResponse response = route.fetch();
    ObjectNode body = (ObjectNode) studio.json(response.text());
    ArrayNode few = body.arrayNode();
    for (int i = 0; i < 3; i++) {
      few.add(body.at("/accounts/" + i));
    }
    body.set("accounts", few);
    route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(body.toString()));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator exactly(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static String path(String link) {
    return link.substring(link.indexOf("/login"));
  }
}
