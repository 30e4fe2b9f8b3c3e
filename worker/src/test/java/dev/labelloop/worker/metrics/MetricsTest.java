package dev.labelloop.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.core.TrainingSetId;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.model.TrainingWorkflow;
import dev.labelloop.prediction.GroupRequest;
import dev.labelloop.prediction.PredictionGroupWorkflow;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.StoredCampaigns;
import dev.labelloop.worker.client.QueueBacklog;
import dev.labelloop.worker.temporal.Stages;
import dev.labelloop.worker.temporal.Workers;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.WebServer;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the endpoint says after a step of a campaign: a group of two shards and a training on real
 * workers and workflows, with made-up stages, beside a review in a real PostgreSQL.
 */
class MetricsTest {
  private static final RoundId ROUND = new RoundId(new CampaignName("step"), 1);
  private static final Path ROOT = Path.of("..");

  @TempDir private static Path folder;
  private static Samples samples;

  @BeforeAll
  static void doAStep() throws Exception {
    try (Metrics metrics = new Metrics(com.uber.m3.util.Duration.ofMillis(50));
        StoredCampaigns stored = new StoredCampaigns(folder);
        WebServer server =
            WebServer.start(0, "--metrics-port", List.of(new MetricsPart(metrics)))) {
      CampaignFigures.addTo(metrics, stored.gauges::gauges);
      QueueFigures.addTo(
          metrics, () -> List.of(new QueueBacklog("train", 2, Duration.ofMillis(1500))));
      review(stored);
      predictAndTrain(metrics);
      samples = samplesOnceTheSdkHasReported(server.url() + MetricsPart.PATH);
    }
  }

  /** Of three images in batches of two, one is answered; the champion of round 1 is the second. */
  private static void review(StoredCampaigns stored) throws IOException {
    List<ImageId> images = stored.campaign("step");
    stored.campaign("unmeasured");
    stored.answers.close(new BatchId("unmeasured/r1/b0"));
    stored.answers.put(
        ROUND,
        new Answer(
            images.get(0),
            UUID.randomUUID(),
            ReviewOutcome.ACCEPTED,
            List.of(),
            "ann",
            null,
            3,
            0,
            0),
        Optional.empty());
    stored.images.quarantine(ROUND.campaign(), "bad.png", "it breaks off");
    record(stored, 0, new HoldoutScore(0, 0));
    record(stored, 1, new HoldoutScore(0.25, 0.5));
  }

  private static void record(StoredCampaigns stored, int round, HoldoutScore score) {
    stored.scores.insertRound(
        new RoundRecord(
            new RoundId(ROUND.campaign(), round), null, null, StoredCampaigns.MODEL, score, false));
  }

  private static void predictAndTrain(Metrics metrics) {
    try (TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setMetricsScope(metrics.sdk()).build())) {
      WorkflowClient client = temporal.getWorkflowClient();
      Workers workers =
          Workers.start(
              client,
              Set.copyOf(Workers.QUEUES),
              new Stages(
                  List.of(new FakeStages.Prediction(), new FakeStages.Training()),
                  List.of(new FakeStages.Prediction()),
                  List.of(new FakeStages.Training())),
              null,
              new StageWatch(metrics));
      WorkflowOptions options =
          WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CAMPAIGN).build();
      client
          .newWorkflowStub(PredictionGroupWorkflow.class, options)
          .predictGroup(new GroupRequest(ROUND, 0, 0, 2, StoredCampaigns.MODEL, 2));
      client
          .newWorkflowStub(TrainingWorkflow.class, options)
          .train(
              new TrainingRequest(
                  ROUND, StoredCampaigns.MODEL, new TrainingSetId(Sha256.hex(new byte[] {2}))));
      workers.close();
    }
  }

  private static Samples samplesOnceTheSdkHasReported(String url) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Samples read;
    do {
      read = Samples.parse(get(url));
    } while (!read.names().contains("temporal_worker_task_slots_available")
        && System.nanoTime() < deadline);
    return read;
  }

  private static String get(String url) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Test
  void countsWhatPredictionDid() {
    // 2 shards of 100 images, and the 30 that were lost with the attempt that failed.
    assertThat(samples.values())
        .contains(
            entry("labelloop_images_predicted_total{campaign=\"step\",set=\"pool\"}", 230.0),
            entry("labelloop_shards_finished_total{campaign=\"step\"}", 2.0),
            entry("labelloop_shard_retries_total{campaign=\"step\"}", 1.0));
  }

  @Test
  void followsATraining() {
    String labels = "{campaign=\"step\",round=\"1\"}";
    assertThat(samples.values())
        .contains(
            entry("labelloop_training_step" + labels, 40.0),
            entry("labelloop_training_planned_steps" + labels, 40.0),
            entry("labelloop_training_loss" + labels, 2.5),
            entry("labelloop_training_step_seconds" + labels, 0.5),
            entry("labelloop_training_steps_total" + labels, 30.0)); // from step 10 on
  }

  @Test
  void asksPostgresHowCampaignsStand() {
    assertThat(samples.values())
        .contains(
            entry("labelloop_review_backlog_images{campaign=\"step\"}", 2.0), // of 3, 1 answered
            entry("labelloop_review_backlog_images{campaign=\"unmeasured\"}", 1.0), // b1 is open
            entry("labelloop_quarantined_files{campaign=\"step\"}", 1.0),
            entry("labelloop_quarantined_files{campaign=\"unmeasured\"}", 0.0),
            entry("labelloop_champion_map{campaign=\"step\"}", 0.25),
            entry("labelloop_champion_ap50{campaign=\"step\"}", 0.5))
        .doesNotContainKey("labelloop_champion_map{campaign=\"unmeasured\"}");
  }

  @Test
  void tellsHowLongWorkWaits() {
    assertThat(samples.values())
        .contains(
            entry("labelloop_queue_age_seconds{queue=\"train\"}", 1.5),
            entry("labelloop_queue_waiting_tasks{queue=\"train\"}", 2.0));
  }

  @Test
  void carriesTheSdksMetricsAndTheJvms() {
    assertThat(samples.names())
        .contains(
            "temporal_activity_execution_latency_seconds_bucket",
            "temporal_activity_execution_failed_total",
            "temporal_worker_task_slots_available",
            "jvm_memory_used_bytes",
            "process_cpu_usage");
  }

  @Test
  void isDocumentedToTheLastMetric() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/operations.md"));

    assertThat(named(page, "`(labelloop_[a-z0-9_]+)`")).isEqualTo(ours());
  }

  private static Set<String> ours() {
    return samples.names().stream()
        .filter(name -> name.startsWith("labelloop_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void hasADashboardOfMetricsThatExist() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(ROOT.resolve("deploy/grafana/labelloop.json").toFile());
    Set<String> used = new TreeSet<>();
    for (JsonNode expression : dashboard.get("panels").findValues("expr")) {
      used.addAll(
          named(expression.asText(), "\\b((?:labelloop|temporal|jvm|process|system)_[a-z0-9_]+)"));
    }
    dashboard
        .get("templating")
        .findValues("query")
        .forEach(query -> used.addAll(named(query.asText(), "\\b(labelloop_[a-z0-9_]+)")));

    assertThat(samples.names()).containsAll(used);
    assertThat(used).containsAll(ours());
    assertThat(dashboard.get("panels").findValues("id")).doesNotHaveDuplicates();
  }

  private static Set<String> named(String text, String pattern) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
