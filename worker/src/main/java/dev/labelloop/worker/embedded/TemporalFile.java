package dev.labelloop.worker.embedded;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a home remembers of its Temporal server, in {@code temporal/server.json}.
 *
 * @param pid its process, the last time
 * @param port of the server
 * @param uiPort of the Web UI
 */
record TemporalFile(long pid, int port, int uiPort) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As a running server was told on its command line. */
  static TemporalFile of(ProcessHandle process, String portOption, String uiPortOption) {
    List<String> arguments = ProcessTable.arguments(process);
    return new TemporalFile(
        process.pid(), number(arguments, portOption), number(arguments, uiPortOption));
  }

  private static int number(List<String> arguments, String option) {
    int at = arguments.indexOf(option);
    try {
      return at < 0 ? 0 : Integer.parseInt(arguments.get(at + 1));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return 0; // not started by us
    }
  }

  /** Reads it; empty if there is none. It is a hint only, so a damaged one is none. */
  static Optional<TemporalFile> read(Path temporal) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file(temporal)));
      return Optional.of(
          new TemporalFile(
              json.path("pid").asLong(), json.path("port").asInt(), json.path("uiPort").asInt()));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedException("cannot read " + file(temporal) + ": " + e.getMessage(), e);
    }
  }

  /** Writes it whole or not at all. */
  void write(Path temporal) {
    Path file = file(temporal);
    try {
      Path fresh = file.resolveSibling("server.json.tmp");
      JSON.writeValue(
          fresh.toFile(),
          JSON.createObjectNode().put("pid", pid).put("port", port).put("uiPort", uiPort));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Path file(Path temporal) {
    return temporal.resolve("server.json");
  }

  /** Host and port for clients. */
  String target() {
    return "127.0.0.1:" + port;
  }

  /** The Web UI. */
  String uiUrl() {
    return "http://127.0.0.1:" + uiPort;
  }
}
