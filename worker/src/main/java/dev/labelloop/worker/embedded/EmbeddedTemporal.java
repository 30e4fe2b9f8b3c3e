package dev.labelloop.worker.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Temporal server with Web UI as a child process, its database in the campaign home.
 *
 * <p>A server that a killed process left behind is taken over if it is healthy, else ended. Two
 * servers on one database file would both start without complaint, which is why the home is locked.
 */
public final class EmbeddedTemporal implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One partition a queue keeps priorities exact. The write-ahead log is two to five times faster
   * and survives a kill; what a power cut could lose is told again by PostgreSQL.
   */
  private static final List<String> SETTINGS =
      List.of(
          "--sqlite-pragma", "journal_mode=WAL",
          "--sqlite-pragma", "synchronous=NORMAL",
          "--dynamic-config-value", "matching.numTaskqueueReadPartitions=1",
          "--dynamic-config-value", "matching.numTaskqueueWritePartitions=1",
          "--dynamic-config-value", "matching.useNewMatcher=true",
          "--dynamic-config-value", "matching.enableFairness=true",
          "--dynamic-config-value", "frontend.WorkerHeartbeatsEnabled=true",
          "--dynamic-config-value", "frontend.ListWorkersEnabled=true");

  private final ProcessHandle process;
  private final int port;
  private final int uiPort;

  private EmbeddedTemporal(ProcessHandle process, int port, int uiPort) {
    this.process = process;
    this.port = port;
    this.uiPort = uiPort;
  }

  /**
   * Starts the server of a home, or takes over the one that still runs.
   *
   * @param port to listen on; 0 chooses a free one
   * @param uiPort of the Web UI; 0 chooses a free one
   * @param progress told what takes long
   */
  public static EmbeddedTemporal start(Home home, int port, int uiPort, Consumer<String> progress) {
    Path processFile = home.temporal().resolve("server.json");
    Path database = home.temporal().resolve("temporal.db");
    EmbeddedTemporal server =
        takeOver(processFile, database)
            .orElseGet(() -> launch(home, database, processFile, port, uiPort, progress));
    WorkflowServiceStubs service = connect(server.target());
    try {
      TemporalSetup.register(service, server.target(), TemporalSetup.NAMESPACE);
    } finally {
      service.shutdown();
    }
    return server;
  }

  private static Optional<EmbeddedTemporal> takeOver(Path processFile, Path database) {
    if (!Files.exists(processFile)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(processFile.toFile());
      Optional<ProcessHandle> process =
          Processes.alive(json.path("pid").asLong(), database.toString());
      if (process.isEmpty()) {
        return Optional.empty();
      }
      int port = json.path("port").asInt();
      if (Processes.await(STOP, () -> healthy("127.0.0.1:" + port))) {
        return Optional.of(new EmbeddedTemporal(process.get(), port, json.path("uiPort").asInt()));
      }
      Processes.signal(process.get(), "TERM");
      Processes.awaitEnd(process.get(), STOP);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + processFile + ": delete it", e);
    }
  }

  private static EmbeddedTemporal launch(
      Home home, Path database, Path processFile, int port, int uiPort, Consumer<String> progress) {
    Path program = TemporalBinary.ofThisMachine(progress).find();
    // As before, if that is still free: links and other workers stay right.
    int grpc = port == 0 ? Processes.freePort(formerPort(processFile, "port")) : port;
    int ui = uiPort == 0 ? Processes.freePort(formerPort(processFile, "uiPort")) : uiPort;
    Path log = home.logs().resolve("temporal.log");
    ArrayList<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "start-dev",
                "--db-filename",
                database.toString(),
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(grpc),
                "--ui-port",
                Integer.toString(ui),
                "--log-level",
                "warn"));
    command.addAll(SETTINGS);
    Process process = Processes.start(command, log);
    write(processFile, process.pid(), grpc, ui);
    boolean up = Processes.await(START, () -> !process.isAlive() || healthy("127.0.0.1:" + grpc));
    if (!up || !process.isAlive()) {
      process.destroyForcibly();
      throw new EmbeddedException(
          "the Temporal server does not start; its log "
              + log
              + " ends with:\n"
              + Processes.tail(log));
    }
    return new EmbeddedTemporal(process.toHandle(), grpc, ui);
  }

  private static int formerPort(Path processFile, String name) {
    try {
      return Files.exists(processFile) ? JSON.readTree(processFile.toFile()).path(name).asInt() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + processFile + ": delete it", e);
    }
  }

  private static void write(Path file, long pid, int port, int uiPort) {
    try {
      Path fresh = file.resolveSibling("server.json.tmp");
      JSON.writeValue(
          fresh.toFile(),
          JSON.createObjectNode().put("pid", pid).put("port", port).put("uiPort", uiPort));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static boolean healthy(String target) {
    WorkflowServiceStubs service = connect(target);
    try {
      service.connect(Duration.ofSeconds(2));
      return true;
    } catch (RuntimeException e) { // the client's way to say "not yet"
      return false;
    } finally {
      service.shutdownNow();
    }
  }

  private static WorkflowServiceStubs connect(String target) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
  }

  /** Host and port for clients. */
  public String target() {
    return "127.0.0.1:" + port;
  }

  /** The Web UI. */
  public String uiUrl() {
    return "http://127.0.0.1:" + uiPort;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      Processes.signal(process, "TERM");
      Processes.awaitEnd(process, STOP);
    }
  }
}
