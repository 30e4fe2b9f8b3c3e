package dev.labelloop.worker.durability;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.embedded.RunningStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The servers that a home keeps for itself. */
record HomeServers(Path home) implements Servers {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public List<String> options() {
    return List.of();
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return RunningStack.find(home);
  }

  @Override
  public Optional<ProcessHandle> temporal() {
    return process(
        home.resolve("temporal/server.json"), text -> JSON.readTree(text).get("pid").asLong());
  }

  @Override
  public Optional<ProcessHandle> postgres() {
    return process(
        home.resolve("postgres/data/postmaster.pid"),
        text -> Long.parseLong(text.lines().findFirst().orElseThrow().strip()));
  }

  private interface Pid {
    long in(String text) throws IOException;
  }

  /** A file is not there, or not whole, while its server starts. */
  private static Optional<ProcessHandle> process(Path file, Pid pid) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.isBlank() ? Optional.empty() : ProcessHandle.of(pid.in(text));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean dieWithTheHome() {
    return true;
  }

  @Override
  public <T> T afterwards(Function<Endpoints, T> work) {
    try (EmbeddedStack stack = EmbeddedStack.start(home, EmbeddedStack.Ports.FREE, line -> {})) {
      return work.apply(stack.endpoints());
    }
  }
}
