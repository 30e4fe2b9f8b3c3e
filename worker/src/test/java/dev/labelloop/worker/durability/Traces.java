package dev.labelloop.worker.durability;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.embedded.EmbeddedStack;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What a campaign leaves in its home, and what can be done to it from outside. */
final class Traces {
  private static final List<String> OUTCOME =
      List.of(
          "select 'labels r' || round || ' ' || id from training_set order by round",
          "select 'model r' || round || ' ' || model from challenger order by round",
          "select 'round ' || round || ' champion ' || champion || ' mAP ' || map"
              + " from round_record order by round");

  /** Each must find nothing. */
  private static final List<String> FAULTS =
      List.of(
          "select 'an image predicted twice: ' || image_id from prediction"
              + " group by campaign, round, image_id having count(*) > 1",
          "select 'shards of round ' || s.round || ' tell of ' || sum(images) || ' rows, not ' ||"
              + " (select count(*) from prediction p where p.round = s.round)"
              + " from prediction_shard s group by s.round having sum(images) <>"
              + " (select count(*) from prediction p where p.round = s.round)",
          "select 'an image labelled twice: ' || image_id from current_annotation"
              + " group by image_id having count(*) > 1",
          "select 'an image asked about in two rounds: ' || image_id from review_image"
              + " group by image_id having count(distinct round) > 1",
          "select 'quarantined: ' || file || ' ' || reason from quarantine",
          "select 'lost: ' || count(*) from image having count(*) <> 64 + 12");

  private Traces() {}

  /**
   * The outcome of a finished campaign.
   *
   * @throws AssertionError naming what is wrong in the home
   */
  static List<String> of(Path home, CampaignName campaign) throws IOException {
    List<String> outcome = new ArrayList<>();
    List<String> faults = new ArrayList<>(left(home, campaign));
    Consumer<String> quiet = line -> {};
    try (EmbeddedStack stack = EmbeddedStack.start(home, EmbeddedStack.Ports.FREE, quiet);
        Database database = new Database(stack.endpoints().database())) {
      OUTCOME.forEach(sql -> outcome.addAll(texts(database, sql)));
      FAULTS.forEach(sql -> faults.addAll(texts(database, sql)));
    }
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("; ", faults));
    }
    return outcome;
  }

  private static List<String> texts(Database database, String sql) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** Processes that still work in the home, checkpoints and unfinished files. */
  private static List<String> left(Path home, CampaignName campaign) throws IOException {
    List<String> left = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(process -> worksIn(process, home))
        .forEach(process -> left.add("process " + process.pid() + " is left"));
    try (Stream<Path> files = Files.walk(home.resolve("models"))) {
      files
          .filter(file -> file.getFileName().toString().startsWith(".new-"))
          .forEach(file -> left.add(file + " is left"));
    }
    Path checkpoints = home.resolve("checkpoints").resolve(campaign.value());
    if (Files.exists(checkpoints)) {
      try (Stream<Path> files = Files.walk(checkpoints)) {
        files.filter(Files::isRegularFile).forEach(file -> left.add(file + " is left"));
      }
    }
    return left;
  }

  private static boolean worksIn(ProcessHandle process, Path home) {
    try {
      return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().startsWith(home);
    } catch (IOException e) {
      return false; // ended, or of another user
    }
  }

  /** Ends every connection to PostgreSQL; false if it does not answer. */
  static boolean cutConnections(Endpoints endpoints) {
    try (Connection connection = DriverManager.getConnection(endpoints.database());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Sends the same word twice, and words for other rounds and unknown batches. */
  static boolean confuse(Endpoints endpoints, CampaignName campaign, RandomGenerator random) {
    try (TemporalConnection temporal =
        TemporalConnection.to(endpoints.temporal(), endpoints.namespace())) {
      WorkflowStub stub = temporal.client().newUntypedWorkflowStub(campaign.workflowId());
      for (int i = 0; i < 6; i++) {
        RoundId round = new RoundId(campaign, random.nextInt(4));
        BatchId batch = round.batch(random.nextInt(5));
        stub.signal("review-complete", new ReviewComplete(batch));
        stub.signal("review-complete", new ReviewComplete(batch));
      }
      return true;
    } catch (RuntimeException e) { // no server answers now, or the campaign has not begun
      return false;
    }
  }
}
