package dev.labelloop.worker.embedded;

import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Temporal server with Web UI as a child process, its database in the campaign home.
 *
 * <p>A server that a killed process left behind is taken over if it is healthy, else ended. Two
 * servers on one database file would both start without complaint: so the home is locked, and a
 * left one is looked for among the running processes, not only in a file.
 */
public final class EmbeddedTemporal implements Server {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration HEALTH = Duration.ofSeconds(15);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** A port that was free may be snatched away before the server has it. */
  private static final int MOST_STARTS = 5;

  private static final String COMMAND = "start-dev";
  private static final String PORT = "--port";
  private static final String UI_PORT = "--ui-port";

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

  private final Home home;
  private final Children children;
  private final UserCache cache;
  private final TemporalFile where;
  private volatile ProcessHandle process;

  private EmbeddedTemporal(Home home, Children children, UserCache cache, Running running) {
    this.home = home;
    this.children = children;
    this.cache = cache;
    this.where = running.file;
    this.process = running.process;
  }

  private record Running(ProcessHandle process, TemporalFile file) {}

  /**
   * Starts the server of a home, or takes over the one that still runs, and registers what
   * LabelLoop needs there.
   *
   * @param port to listen on; 0 chooses a free one, the former if it can
   * @param uiPort of the Web UI; 0 likewise
   * @param progress told what is done
   */
  static EmbeddedTemporal start(
      Home home,
      int port,
      int uiPort,
      Children children,
      UserCache cache,
      Consumer<String> progress) {
    Running running =
        takeOver(home, port, uiPort, children, progress)
            .orElseGet(() -> launch(home, port, uiPort, children, cache, progress));
    EmbeddedTemporal server = new EmbeddedTemporal(home, children, cache, running);
    TemporalSetup.register(server.target(), TemporalSetup.NAMESPACE);
    return server;
  }

  private static Optional<Running> takeOver(
      Home home, int port, int uiPort, Children children, Consumer<String> progress) {
    List<ProcessHandle> left = ProcessTable.workingIn(home.temporal(), COMMAND);
    if (left.size() == 1) {
      ProcessHandle process = left.get(0);
      TemporalFile file = TemporalFile.of(process, PORT, UI_PORT);
      boolean asWanted =
          (port == 0 || port == file.port())
              && (uiPort == 0 || uiPort == file.uiPort())
              && ProcessTable.arguments(process).contains(database(home)); // not moved since
      if (asWanted && Waiting.until(HEALTH, () -> isHealthy(file.target()))) {
        progress.accept("taking over Temporal, which an earlier process left running");
        children.adopt(Children.Ending.TEMPORAL, process);
        file.write(home.temporal());
        return Optional.of(new Running(process, file));
      }
    }
    for (ProcessHandle process : left) {
      progress.accept("ending Temporal, which an earlier process left running");
      Children.end(Children.Ending.TEMPORAL, process);
    }
    return Optional.empty();
  }

  private static Running launch(
      Home home,
      int port,
      int uiPort,
      Children children,
      UserCache cache,
      Consumer<String> progress) {
    Path program = TemporalBinary.find(children, cache, progress);
    progress.accept("starting Temporal");
    Optional<TemporalFile> former = TemporalFile.read(home.temporal());
    for (int start = 1; ; start++) {
      // As before, if that is still free: links and other workers stay right.
      int grpc = Ports.choose(port, former.map(TemporalFile::port).orElse(0), "--temporal-port");
      int ui =
          Ports.choose(uiPort, former.map(TemporalFile::uiPort).orElse(0), "--temporal-ui-port");
      ServerLog log = ServerLog.from(home.logs().resolve("temporal.log"));
      ProcessHandle process =
          children.start(
              Children.Ending.TEMPORAL,
              command(program, home, grpc, ui),
              home.temporal(),
              log.file());
      TemporalFile file = new TemporalFile(process.pid(), grpc, ui);
      file.write(home.temporal());
      boolean up =
          Waiting.until(START, () -> !ProcessTable.isAlive(process) || isHealthy(file.target()));
      if (up && ProcessTable.isAlive(process)) {
        return new Running(process, file);
      }
      Children.end(Children.Ending.TEMPORAL, process);
      String said = log.tail();
      boolean passes = said.contains("address already in use");
      if (!passes || start == MOST_STARTS || children.closedWithin(PAUSE)) {
        throw new EmbeddedException(
            "the Temporal server does not start; its log " + log.file() + " ends with:\n" + said);
      }
    }
  }

  private static List<String> command(Path program, Home home, int port, int uiPort) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "server", COMMAND));
    command.addAll(List.of("--db-filename", database(home)));
    command.addAll(List.of("--ip", "127.0.0.1", "--log-level", "warn"));
    command.addAll(List.of(PORT, Integer.toString(port), UI_PORT, Integer.toString(uiPort)));
    command.addAll(SETTINGS);
    return command;
  }

  private static String database(Home home) {
    return home.temporal().resolve("temporal.db").toString();
  }

  private static boolean isHealthy(String target) {
    WorkflowServiceStubs service = connect(target);
    try {
      service.connect(CONNECT);
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

  @Override
  public String name() {
    return "Temporal";
  }

  @Override
  public ProcessHandle process() {
    return process;
  }

  @Override
  public void restart() {
    process = launch(home, where.port(), where.uiPort(), children, cache, line -> {}).process;
  }

  /** Host and port for clients. */
  public String target() {
    return where.target();
  }

  /** The Web UI. */
  public String uiUrl() {
    return where.uiUrl();
  }
}
