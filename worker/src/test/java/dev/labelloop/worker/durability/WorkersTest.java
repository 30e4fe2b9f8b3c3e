package dev.labelloop.worker.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.core.CampaignName;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.RealServers;
import dev.labelloop.worker.WorkerProcess;
import dev.labelloop.worker.cli.Cli;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.demo.DemoDataset;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real campaign on servers that run elsewhere, with a worker process for workflows and data and
 * one for the detector, told what to do by commands. Each worker is killed twice.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class WorkersTest {
  /** Long, for machines that others use as well. */
  private static final Duration SOON = Duration.ofMinutes(6);

  private static final CampaignName CAMPAIGN = new CampaignName("apart");
  private static final String LOOP = "campaign,data";
  private static final String DETECTOR = "predict,train";
  private static final int THREADS = 2;

  private static final List<String> OUTCOME =
      List.of(
          "select 'labels r' || round || ' ' || id from training_set order by round",
          "select 'model r' || round || ' ' || model from challenger order by round",
          "select 'round ' || round || ' champion ' || champion || ' mAP ' || map"
              + " from round_record order by round");

  @TempDir Path folder;
  private Path specification;

  @Test
  void endsTheSameWhicheverWorkerIsKilled() throws Exception {
    prepare();
    try (RealServers servers = RealServers.start(folder.resolve("servers"))) {
      List<String> quiet = new Campaign(servers.fresh(), "quiet").run(false);
      List<String> killed = new Campaign(servers.fresh(), "killed").run(true);

      // Two sets of labels, two models, and records of preparation and two rounds.
      assertThat(killed).isEqualTo(quiet).hasSize(7);
    }
  }

  /** One campaign with its two workers. */
  private final class Campaign {
    private final Endpoints servers;
    private final Path home;
    private WorkerProcess loop;
    private WorkerProcess detector;

    Campaign(Endpoints servers, String home) throws Exception {
      this.servers = servers;
      this.home = Files.createDirectory(folder.resolve(home));
      loop = worker(LOOP);
      detector = worker(DETECTOR);
    }

    private WorkerProcess worker(String queues) throws Exception {
      WorkerProcess worker = WorkerProcess.start(servers, home, queues, THREADS);
      await("worker for " + queues, worker::serves);
      return worker;
    }

    List<String> run(boolean disturbed) throws Exception {
      try (Look look = new Look(servers, CAMPAIGN)) {
        assertThat(tell("start", specification.toString()).get("runs").asBoolean()).isTrue();
        if (disturbed) {
          killInRound(look, 1);
          killInRound(look, 2);
        }
        assertThat(tell("watch", CAMPAIGN.value()).get("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(tell("list").get("campaigns").get(0).get("state").asText())
            .isEqualTo("COMPLETED");
        assertThat(tell("status", CAMPAIGN.value()).at("/status/phase").asText()).isEqualTo("DONE");
        assertThat(tell("report", CAMPAIGN.value()).get("rounds")).hasSize(3);
        return OUTCOME.stream().flatMap(sql -> look.texts(sql).stream()).toList();
      } finally {
        loop.close();
        detector.close();
      }
    }

    /** The detector's worker goes while it predicts, the loop's while the detector trains. */
    private void killInRound(Look look, int round) throws Exception {
      String shards = "select count(*) from prediction_shard where round = " + round;
      await("a shard of round " + round, () -> detector.serves() && look.count(shards) > 0);
      detector.kill();
      detector = worker(DETECTOR);
      await("a training step of round " + round, () -> detector.serves() && trains(look, round));
      loop.kill();
      loop = worker(LOOP);
    }

    private static void await(String what, BooleanSupplier condition) throws Exception {
      long end = System.nanoTime() + SOON.toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime()).as(what).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }

    /** A campaign command, and its answer. */
    private JsonNode tell(String command, String... arguments) throws Exception {
      List<String> line = new ArrayList<>(List.of("campaign", command));
      line.addAll(List.of(arguments));
      line.addAll(List.of("--temporal", servers.temporal(), "--namespace", servers.namespace()));
      line.addAll(List.of("--database", servers.database(), "--home", home.toString(), "--json"));
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code =
          Cli.run(
              new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
      assertThat(code).as("%s says %s", line, err).isZero();
      return new ObjectMapper().readTree(out.toString());
    }
  }

  private static boolean trains(Look look, int round) {
    CampaignProgress progress = look.progress().orElse(null);
    if (progress == null || progress.status().round() != round) {
      return false;
    }
    TrainingProgress training = progress.training();
    return training != null && training.step() > 0 && training.step() < training.steps();
  }

  private void prepare() throws Exception {
    DemoDataset scenes = DemoDataset.draw(folder.resolve("scenes"), 64, 12, 11);
    Path weights = Files.createDirectory(folder.resolve("weights"));
    // Random, but a model that knows the classes: so round 1 is predicted.
    DetectorFamilies.named("yolox").initial("nano", DemoDataset.classes(), null, 96, 1, weights);
    specification =
        Files.writeString(
            folder.resolve("apart.yaml"),
            """
            name: %s
            classes: [%s]
            images: %s
            holdout: %s
            model: {weights: %s, input: 96}
            rounds: {max: 2}
            selection: {budget: 25%%}
            review: {tool: simulated, truth: %s, batchSize: 8}
            pseudoLabels: {mode: fixed, threshold: 0.5}
            training: {epochs: 12, batch: 8, seed: 3}
            promotion: {margin: -1, forgetting: 1}
            prediction: {shardSize: 4}
            """
                .formatted(
                    CAMPAIGN,
                    String.join(", ", DemoDataset.classes()),
                    scenes.images(),
                    scenes.gold(),
                    weights,
                    scenes.truth()));
  }
}
