package dev.labelloop.worker.embedded;

import dev.labelloop.worker.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the servers of a home that another process keeps up. */
public final class RunningStack {
  private RunningStack() {}

  /** Where they are; empty if they do not both run. */
  public static Optional<Endpoints> find(Path home) {
    if (!Files.isDirectory(home)) {
      return Optional.empty();
    }
    Path folder = real(home);
    Path data = folder.resolve("postgres").resolve("data");
    Path temporal = folder.resolve("temporal");
    Optional<PostmasterFile> postmaster =
        PostmasterFile.read(data)
            .filter(PostmasterFile::isReady)
            .filter(file -> file.process(data).isPresent());
    Optional<TemporalFile> server =
        TemporalFile.read(temporal)
            .filter(file -> ProcessTable.workingIn(temporal, file.pid()).isPresent());
    Optional<String> password = PostgresPassword.find(folder.resolve("postgres"));
    if (postmaster.isEmpty() || server.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Endpoints(
            server.get().target(),
            TemporalSetup.NAMESPACE,
            EmbeddedPostgres.url(postmaster.get().port(), password.get()),
            server.get().uiUrl()));
  }

  private static Path real(Path home) {
    try {
      return home.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedException("cannot look into home " + home + ": " + e.getMessage(), e);
    }
  }
}
