package dev.labelloop.worker.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.core.CampaignName;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.worker.client.CampaignProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private static final List<String> OUTCOME =
      List.of(
          "select 'labels r' || round || ' ' || id from training_set order by round",
          "select 'model r' || round || ' ' || model from challenger order by round");

  @TempDir Path folder;

  private DrawnCampaign campaign;

  @Test
  void endsWithTheSameLabelsAndModelsHoweverOftenItIsKilled() throws Exception {
    campaign = DrawnCampaign.draw(folder, CAMPAIGN);

    Outcome quiet = undisturbed(folder.resolve("quiet"));
    Outcome killed = killedInEveryStage(folder.resolve("killed"));

    assertThat(killed.hashes()).isEqualTo(quiet.hashes()).hasSize(2 * DrawnCampaign.ROUNDS);
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
    try (Product product = Product.run(campaign.specification(), home)) {
      for (int round = 1; round <= DrawnCampaign.ROUNDS; round++) {
        try (Look look = look(product)) {
          awaitReview(product, look, round);
          look.answer(round, 1, campaign.truth());
          look.complete(round);
        }
      }
      return outcome(product);
    }
  }

  private Outcome killedInEveryStage(Path home) throws Exception {
    Product product = Product.run(campaign.specification(), home);
    try {
      for (int round = 1; round <= DrawnCampaign.ROUNDS; round++) {
        killInPrediction(product, round);
        product = Product.run(campaign.specification(), home);
        killInReview(product, round);
        product = Product.run(campaign.specification(), home);
        killInTraining(product, round);
        product = Product.run(campaign.specification(), home);
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
      assertThat(look.count(shards)).as("shards before the kill").isLessThan(DrawnCampaign.SHARDS);
      kill(product, round);
    }
  }

  private void killInReview(Product product, int round) throws Exception {
    try (Look look = look(product)) {
      awaitReview(product, look, round);
      look.answer(round, 0.5, campaign.truth());
      kill(product, round);
    }
  }

  private void killInTraining(Product product, int round) throws Exception {
    try (Look look = look(product)) {
      awaitReview(product, look, round);
      look.answer(round, 1, campaign.truth());
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
          "the last model",
          SOON,
          () -> look.count("select count(*) from challenger") == DrawnCampaign.ROUNDS);
      hashes = OUTCOME.stream().flatMap(sql -> look.texts(sql).stream()).toList();
    }
    ObjectNode result = (ObjectNode) new ObjectMapper().readTree(product.result(SOON));
    result.remove(List.of("home", "report", "temporalUi"));
    return new Outcome(hashes, result);
  }
}
