package dev.labelloop.worker.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.worker.Endpoints;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the servers of a home that another process keeps up. */
public final class RunningStack {
  private RunningStack() {}

  /** Where they are; empty if they do not run. */
  public static Optional<Endpoints> find(Path home) {
    Path folder = home.toAbsolutePath().normalize();
    Path data = folder.resolve("postgres/data");
    Path database = folder.resolve("temporal/temporal.db");
    try {
      List<String> postmaster = Files.readAllLines(data.resolve("postmaster.pid"));
      String password = Files.readString(folder.resolve("postgres/password")).strip();
      JsonNode temporal =
          new ObjectMapper().readTree(folder.resolve("temporal/server.json").toFile());
      boolean alive =
          postmaster.size() > 3
              && Processes.alive(Long.parseLong(postmaster.get(0).strip()), data.toString())
                  .isPresent()
              && Processes.alive(temporal.path("pid").asLong(), database.toString()).isPresent();
      if (!alive) {
        return Optional.empty();
      }
      int port = Integer.parseInt(postmaster.get(3).strip());
      return Optional.of(
          new Endpoints(
              "127.0.0.1:" + temporal.path("port").asInt(),
              TemporalSetup.NAMESPACE,
              EmbeddedPostgres.url(port, password),
              "http://127.0.0.1:" + temporal.path("uiPort").asInt()));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty(); // never started, or stopped
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read where the servers of " + folder + " are", e);
    }
  }
}
