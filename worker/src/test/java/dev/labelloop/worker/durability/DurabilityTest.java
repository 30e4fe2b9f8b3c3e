package dev.labelloop.worker.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.core.CampaignName;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.demo.DemoDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real campaign in the middle of everything that takes time, and demands the labels and the
 * model of a campaign that nobody disturbed.
 *
 * <p>Round 1 loses the process alone, its servers stay; round 2 loses process and servers at once.
 */
class DurabilityTest {
  /** Long, for machines that others use as well. */
  private static final Duration SOON = Duration.ofMinutes(6);

  private static final CampaignName CAMPAIGN = new CampaignName("killed");
  private static final int ROUNDS = 2;

  /** 64 images, 4 a shard. */
  private static final int SHARDS = 16;

  private static final List<String> OUTCOME =
      List.of(
          "select 'labels r' || round || ' ' || id from training_set order by round",
          "select 'model r' || round || ' ' || model from challenger order by round");

  @TempDir Path folder;

  private final Map<String, List<LabelledBox>> truth = new HashMap<>();
  private Path specification;

  @Test
  void endsWithTheSameLabelsAndModelsHoweverOftenItIsKilled() throws Exception {
    prepare();

    Outcome quiet = undisturbed(folder.resolve("quiet"));
    Outcome killed = killedInEveryStage(folder.resolve("killed"));

    assertThat(killed.hashes()).isEqualTo(quiet.hashes()).hasSize(2 * ROUNDS);
    assertThat(killed.result()).isEqualTo(quiet.result());
  }

  /**
   * What must be the same.
   *
   * @param hashes of labels and models, round by round
   * @param result the product's answer without addresses and places
   */
  private record Outcome(List<String> hashes, ObjectNode result) {}

  private Outcome undisturbed(Path home) throws Exception {
    try (Product product = Product.run(specification, home)) {
      for (int round = 1; round <= ROUNDS; round++) {
        try (Look look = look(product)) {
          awaitReview(product, look, round);
          look.answer(round, 1, truth);
          look.complete(round);
        }
      }
      return outcome(product);
    }
  }

  private Outcome killedInEveryStage(Path home) throws Exception {
    Product product = Product.run(specification, home);
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        killInPrediction(product, round);
        product = Product.run(specification, home);
        killInReview(product, round);
        product = Product.run(specification, home);
        killInTraining(product, round);
        product = Product.run(specification, home);
      }
      return outcome(product);
    } finally {
      product.close();
    }
  }

  private void killInPrediction(Product product, int round) throws Exception {
    try (Look look = look(product)) {
      String shards = "select count(*) from prediction_shard where round = " + round;
      product.await("a predicted shard", SOON, () -> look.count(shards) > 0);
      assertThat(look.count(shards)).as("shards before the kill").isLessThan(SHARDS);
      kill(product, round);
    }
  }

  private void killInReview(Product product, int round) throws Exception {
    try (Look look = look(product)) {
      awaitReview(product, look, round);
      look.answer(round, 0.5, truth);
      kill(product, round);
    }
  }

  private void killInTraining(Product product, int round) throws Exception {
    try (Look look = look(product)) {
      awaitReview(product, look, round);
      look.answer(round, 1, truth);
      look.complete(round);
      product.await("a training step", SOON, () -> isInTraining(look));
      kill(product, round);
    }
  }

  private static void kill(Product product, int round) {
    if (round == 1) {
      product.killAlone();
    } else {
      product.killAll();
    }
  }

  private static boolean isInTraining(Look look) {
    TrainingProgress training = look.progress().map(CampaignProgress::training).orElse(null);
    return training != null && training.step() > 0 && training.step() < training.steps();
  }

  private static void awaitReview(Product product, Look look, int round) throws Exception {
    product.await(
        "the review of round " + round,
        SOON,
        () -> look.isIn(CampaignPhase.AWAITING_REVIEW, round));
  }

  private static Look look(Product product) throws Exception {
    product.await("the servers", SOON, () -> product.endpoints().isPresent());
    return new Look(product.endpoints().orElseThrow(), CAMPAIGN);
  }

  private static Outcome outcome(Product product) throws Exception {
    List<String> hashes;
    try (Look look = look(product)) {
      product.await(
          "the last model", SOON, () -> look.count("select count(*) from challenger") == ROUNDS);
      hashes = OUTCOME.stream().flatMap(sql -> look.texts(sql).stream()).toList();
    }
    ObjectNode result = (ObjectNode) new ObjectMapper().readTree(product.result(SOON));
    result.remove(List.of("home", "report", "temporalUi"));
    return new Outcome(hashes, result);
  }

  private void prepare() throws Exception {
    DemoDataset scenes = DemoDataset.draw(folder.resolve("scenes"), 64, 12, 11);
    new CocoImporter()
        .read(scenes.truth(), ImportChecks.ANY)
        .images()
        .forEach(
            image ->
                truth.put(
                    image.path(),
                    image.boxes().stream()
                        .map(b -> new LabelledBox(b.box(), b.classIndex()))
                        .toList()));
    Path weights = Files.createDirectory(folder.resolve("weights"));
    // Random, but a model that knows the classes: so round 1 is predicted.
    DetectorFamilies.named("yolox").initial("nano", DemoDataset.classes(), null, 96, 1, weights);
    specification =
        Files.writeString(
            folder.resolve("killed.yaml"),
            """
            name: %s
            classes: [%s]
            images: %s
            holdout: %s
            model: {weights: %s, input: 96}
            rounds: {max: %d}
            selection: {budget: 25%%}
            review: {tool: page, batchSize: 8}
            pseudoLabels: {mode: fixed, threshold: 0.5}
            training: {epochs: 12, batch: 8, seed: 3}
            promotion: {margin: -1}
            prediction: {shardSize: 4}
            """
                .formatted(
                    CAMPAIGN,
                    String.join(", ", DemoDataset.classes()),
                    scenes.images(),
                    scenes.gold(),
                    weights,
                    ROUNDS));
  }
}
