package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.error;
import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.Role;
import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the one who starts a server gets in. */
class FirstAccessTest {
  private final Lobby lobby;
  private final FirstAccess access;

  @TempDir Path home;

  FirstAccessTest() throws IOException {
    lobby = new Lobby();
    access = new FirstAccess(lobby.stores);
  }

  @AfterEach
  void close() throws IOException {
    lobby.close();
  }

  private JsonNode me(String token) throws Exception {
    return json(200, lobby.script(token).get("/api/me"));
  }

  @Test
  void letsTheStarterInByALinkAndScriptsByAFile() throws Exception {
    assertThat(access.prepare()).isTrue();
    String address = FirstAccess.address("http://127.0.0.1:1", access.link().orElseThrow());
    Path file = access.token(home);

    Browser browser = new Browser(lobby.server.url());
    String body = "{\"link\": \"" + address.substring(address.indexOf('=') + 1) + "\"}";
    JsonNode admin = json(200, browser.post("/api/link", body));
    assertThat(admin.get("name").asText()).isEqualTo("admin");
    assertThat(admin.get("role").asText()).isEqualTo("ADMIN");
    json(200, browser.get("/api/accounts"));
    assertThat(me(Files.readString(file)).get("name").asText()).isEqualTo("admin");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file).isEqualTo(home.resolve("token"));
    assertThat(lobby.notes("admin"))
        .anyMatch(note -> note.startsWith("(server) account.add"))
        .anyMatch(note -> note.startsWith("(server) link.make"))
        .anyMatch(note -> note.startsWith("(server) token.make"));
  }

  @Test
  void keepsTheTokenOverARestartAndMakesTheLinkAnew() throws Exception {
    access.prepare();
    String first = access.link().orElseThrow().text();
    String token = Files.readString(access.token(home));

    access.prepare();
    access.link();

    assertThat(Files.readString(access.token(home))).isEqualTo(token);
    error(401, new Browser(lobby.server.url()).post("/api/link", "{\"link\": \"" + first + "\"}"));
    assertThat(lobby.tokens.live("admin")).hasSize(1);
  }

  @Test
  void makesATokenAnewThatIsGoneAndRevokesTheOldOne() throws Exception {
    access.prepare();
    Path file = access.token(home);
    String before = Files.readString(file);
    Files.delete(file);

    access.token(home);

    assertThat(Files.readString(file)).isNotEqualTo(before);
    me(Files.readString(file));
    error(401, lobby.script(before).get("/api/me"));
  }

  @Test
  void makesATokenAnewThatOthersCouldReadOrThatIsNone() throws Exception {
    access.prepare();
    Path file = access.token(home);
    String before = Files.readString(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    access.token(home);
    assertThat(Files.readString(file)).isNotEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    error(401, lobby.script(before).get("/api/me"));

    Files.writeString(file, "nonsense");
    access.token(home);
    me(Files.readString(file));
    assertThat(lobby.tokens.live("admin")).hasSize(1);
  }

  @Test
  void leavesAnAccountBeThatItsOwnerEnded() {
    access.prepare();
    lobby.accounts.change("root", "admin", AccountRepository.Change.active(false));

    assertThat(access.prepare()).isFalse();
    assertThat(access.link()).isEmpty();
    assertThat(lobby.accounts.find("admin").orElseThrow().active()).isFalse();
  }

  @Test
  void leavesAnAccountBeThatIsAdminNoLonger() {
    access.prepare();
    lobby.accounts.change(
        "root", "admin", new AccountRepository.Change(null, Role.REVIEWER, null, null));

    assertThat(access.prepare()).isFalse();
  }

  @Test
  void saysWhenTheFileCannotBeWritten() {
    access.prepare();

    assertThatThrownBy(() -> access.token(home.resolve("no-such-folder")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no-such-folder/token cannot be used");
  }
}
