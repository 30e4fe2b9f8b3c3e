package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, in a home of the test's own. */
class EmbeddedStackTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path temp;
  private Path folder;
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void nameTheHome() throws Exception {
    folder = temp.toRealPath().resolve("home");
  }

  @AfterEach
  void leavesNoProcess() {
    List<ProcessHandle> left = StackProcess.servers(folder);
    left.forEach(ProcessHandle::destroyForcibly);
    assertThat(left).isEmpty();
  }

  @Test
  void takesOverWhatAKilledProcessLeftRunning() throws Exception {
    Process first = StackProcess.start(folder);
    List<ProcessHandle> servers = StackProcess.servers(folder);
    StackProcess.kill(first);
    assertThat(servers).hasSize(2).allMatch(ProcessTable::isAlive);

    try (EmbeddedStack stack = start()) {
      assertThat(List.of(stack.postgres().process(), stack.temporal().process()))
          .containsExactlyInAnyOrderElementsOf(servers);
      assertThat(progress).allMatch(line -> line.startsWith("taking over"));
      assertThat(RunningStack.find(folder)).contains(stack.endpoints());
      usable(stack);
    }
    assertThat(RunningStack.find(folder)).isEmpty();
    assertThat(servers).noneMatch(ProcessTable::isAlive);
  }

  @Test
  void endsWhatIsLeftInAHomeThatMoved() throws Exception {
    Process first = StackProcess.start(folder);
    write(RunningStack.find(folder).orElseThrow().database(), "create table kept (x int)");
    List<ProcessHandle> servers = StackProcess.servers(folder);
    StackProcess.kill(first);
    folder = Files.move(folder, folder.resolveSibling("moved"));

    try (EmbeddedStack stack = start()) {
      assertThat(servers).noneMatch(ProcessTable::isAlive); // else two would write the same data
      assertThat(read(stack, "select count(*) from kept")).isZero();
    }
  }

  @Test
  void recoversWhenEverythingWasKilled() throws Exception {
    Process first = StackProcess.start(folder);
    write(
        RunningStack.find(folder).orElseThrow().database(),
        "create table kept (x int); insert into kept values (42)");
    List<ProcessHandle> servers = StackProcess.servers(folder);
    StackProcess.kill(first);
    servers.forEach(ProcessHandle::destroyForcibly);

    try (EmbeddedStack stack = start()) {
      assertThat(read(stack, "select x from kept")).isEqualTo(42);
      usable(stack);
    }
  }

  @Test
  void startsServersAgainThatWereKilledUnderIt() throws Exception {
    try (EmbeddedStack stack = start()) {
      write(stack.postgres().jdbcUrl(), "create table kept (x int); insert into kept values (42)");
      ProcessHandle postgres = stack.postgres().process();
      ProcessHandle temporal = stack.temporal().process();

      postgres.destroyForcibly();
      temporal.destroyForcibly();

      assertThat(Waiting.until(SOON, () -> !stack.postgres().process().equals(postgres))).isTrue();
      assertThat(Waiting.until(SOON, () -> !stack.temporal().process().equals(temporal))).isTrue();
      assertThat(read(stack, "select x from kept")).isEqualTo(42);
      usable(stack);
    }
  }

  @Test
  void endsItsServersWhenItIsAskedToEnd() throws Exception {
    Process process = StackProcess.start(folder);

    process.destroy(); // SIGTERM

    assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(StackProcess.servers(folder)).isEmpty();
    assertThat(folder.resolve("postgres/data/postmaster.pid")).doesNotExist(); // in good order
  }

  @Test
  void endsItsServersWhenItIsAskedToEndWhileTheyStart() throws Exception {
    Process process = StackProcess.start(folder, "starting Temporal", List.of());

    process.destroy();

    assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(StackProcess.servers(folder)).isEmpty();
  }

  @Test
  void listensOnThePortsThatWereGiven() throws Exception {
    EmbeddedStack.Ports ports =
        new EmbeddedStack.Ports(
            Ports.choose(0, 0, "a"), Ports.choose(0, 0, "b"), Ports.choose(0, 0, "c"));
    try (EmbeddedStack stack = EmbeddedStack.start(folder, ports, progress::add)) {
      assertThat(stack.postgres().jdbcUrl()).contains("127.0.0.1:" + ports.postgres());
      assertThat(stack.endpoints().temporal()).isEqualTo("127.0.0.1:" + ports.temporal());
      assertThat(stack.endpoints().temporalUi()).endsWith(":" + ports.temporalUi());
      assertThat(progress).containsExactly("starting PostgreSQL 17.6.0", "starting Temporal");
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(read(stack, "select (current_setting('" + setting + "') = 'on')::int"))
            .as(setting)
            .isEqualTo(1);
      }
    }
  }

  private EmbeddedStack start() {
    return EmbeddedStack.start(folder, EmbeddedStack.Ports.FREE, progress::add);
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
      assertThat(
              service
                  .blockingStub()
                  .describeNamespace(
                      DescribeNamespaceRequest.newBuilder()
                          .setNamespace(TemporalSetup.NAMESPACE)
                          .build())
                  .getConfig()
                  .getWorkflowExecutionRetentionTtl()
                  .getSeconds())
          .isEqualTo(TimeUnit.DAYS.toSeconds(90));
    } finally {
      service.shutdownNow();
      service.awaitTermination(5, TimeUnit.SECONDS);
    }
    HttpURLConnection ui =
        (HttpURLConnection) URI.create(stack.temporal().uiUrl()).toURL().openConnection();
    assertThat(ui.getResponseCode()).isEqualTo(200);
  }

  private static void write(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long read(EmbeddedStack stack, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(stack.postgres().jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
