package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, in a home of the test's own. */
class EmbeddedStackTest {
  @TempDir Path folder;

  @Test
  void outlivesTheProcessThatStartedIt() throws Exception {
    Process first = StackProcess.start(folder);
    List<Long> servers = StackProcess.servers(folder);
    assertThat(servers).hasSize(2).allMatch(StackProcess::alive);
    first.destroyForcibly().waitFor(); // SIGKILL: no hook runs

    assertThat(servers).allMatch(StackProcess::alive);
    try (EmbeddedStack stack = start()) {
      assertThat(StackProcess.servers(folder)).isEqualTo(servers); // taken over, not started anew
      assertThat(RunningStack.find(folder)).contains(stack.endpoints());
      usable(stack);
    }
    assertThat(RunningStack.find(folder)).isEmpty();
    assertThat(servers).noneMatch(StackProcess::alive);
  }

  @Test
  void recoversWhenEverythingWasKilled() throws Exception {
    try (EmbeddedStack stack = start()) {
      write(stack, "create table kept (x int); insert into kept values (42)");
    }
    Process first = StackProcess.start(folder);
    write(EmbeddedPostgresUrl.of(folder), "insert into kept values (43)");
    List<Long> servers = StackProcess.servers(folder);
    first.destroyForcibly().waitFor();
    servers.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

    try (EmbeddedStack stack = start()) {
      assertThat(read(stack, "select sum(x) from kept")).isEqualTo(85);
    }
  }

  @Test
  void endsItsServersWhenItIsAskedToEnd() throws Exception {
    Process process = StackProcess.start(folder);
    List<Long> servers = StackProcess.servers(folder);

    process.destroy(); // SIGTERM
    assertThat(process.onExit().get(60, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();

    assertThat(servers).noneMatch(StackProcess::alive);
  }

  @Test
  void refusesAHomeInUse() {
    try (Home home = Home.open(folder)) {
      assertThatThrownBy(this::start)
          .isInstanceOf(HomeInUseException.class)
          .hasMessageContaining(home.folder().toString())
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void durableSettingsAreOn() throws Exception {
    try (EmbeddedStack stack = start();
        Connection connection = DriverManager.getConnection(stack.postgres().jdbcUrl());
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        try (ResultSet row = statement.executeQuery("show " + setting)) {
          row.next();
          assertThat(row.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  private EmbeddedStack start() {
    return EmbeddedStack.start(folder, EmbeddedStack.Ports.FREE, line -> {});
  }

  private static void usable(EmbeddedStack stack) throws Exception {
    assertThat(read(stack, "select 1")).isEqualTo(1);
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(stack.temporal().target()).build());
    try (Stream<?> none =
        WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder().setNamespace(TemporalSetup.NAMESPACE).build())
            .listExecutions("CampaignPhase = \"TRAINING\" and CampaignMap > 0.5")) {
      assertThat(none).isEmpty();
    } finally {
      service.shutdownNow();
      service.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS);
    }
    HttpURLConnection ui =
        (HttpURLConnection) URI.create(stack.temporal().uiUrl()).toURL().openConnection();
    assertThat(ui.getResponseCode()).isEqualTo(200);
  }

  private static void write(EmbeddedStack stack, String sql) throws Exception {
    write(stack.postgres().jdbcUrl(), sql);
  }

  private static void write(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long read(EmbeddedStack stack, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(stack.postgres().jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Reads a running server's address from its home, as the next start would. */
  private static final class EmbeddedPostgresUrl {
    static String of(Path home) throws Exception {
      List<String> pid = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"));
      String password = Files.readString(home.resolve("postgres/password")).strip();
      return "jdbc:postgresql://127.0.0.1:"
          + pid.get(3).strip()
          + "/postgres?user=labelloop&password="
          + password;
    }
  }

  /** A second JVM that starts the stack of a home and waits. */
  public static final class StackProcess {
    public static void main(String[] args) throws Exception {
      EmbeddedStack.start(Path.of(args[0]), EmbeddedStack.Ports.FREE, line -> {});
      Files.writeString(Path.of(args[0]).resolve("up"), "up");
      new java.util.concurrent.CountDownLatch(1).await();
    }

    static Process start(Path home) throws Exception {
      Files.deleteIfExists(home.resolve("up"));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  StackProcess.class.getName(),
                  home.toString())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("stack.log").toFile())
              .start();
      boolean up =
          Processes.await(
              Duration.ofMinutes(3), () -> Files.exists(home.resolve("up")) || !process.isAlive());
      assertThat(up && process.isAlive())
          .as(() -> Processes.tail(home.resolve("stack.log")))
          .isTrue();
      return process;
    }

    static List<Long> servers(Path home) throws Exception {
      String postgres =
          Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(0).strip();
      long temporal =
          new com.fasterxml.jackson.databind.ObjectMapper()
              .readTree(home.resolve("temporal/server.json").toFile())
              .get("pid")
              .asLong();
      return List.of(Long.parseLong(postgres), temporal);
    }

    static boolean alive(long pid) {
      // A killed child of a killed parent may stay as a zombie where nobody reaps it.
      Path stat = Path.of("/proc", Long.toString(pid), "stat");
      try {
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
      } catch (java.io.IOException e) {
        return false;
      }
    }
  }
}
