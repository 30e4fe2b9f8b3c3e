package dev.labelloop.activities.selection;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.prediction.LikenessCheck;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import dev.labelloop.selection.SelectionActivities;
import dev.labelloop.selection.SelectionRequest;
import dev.labelloop.selection.SelectionResult;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** Reads the pool, draws the round, stores its batches. */
public final class SelectionActivitiesImpl implements SelectionActivities {
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final BatchRepository batches;
  private final RecheckRepository rechecks;
  private final LikenessCheck likeness;

  public SelectionActivitiesImpl(
      CampaignRepository campaigns,
      ImageRepository images,
      PredictionRepository predictions,
      BatchRepository batches,
      RecheckRepository rechecks,
      LikenessCheck likeness) {
    this.campaigns = campaigns;
    this.images = images;
    this.predictions = predictions;
    this.batches = batches;
    this.rechecks = rechecks;
    this.likeness = likeness;
  }

  @Override
  public SelectionResult selectImages(SelectionRequest request) {
    RoundId round = request.round();
    if (batches.find(round).isEmpty()) {
      CampaignSpec spec = campaigns.spec(round.campaign());
      SelectionStrategy strategy = strategy(spec);
      List<BatchRepository.Item> items =
          draw(request, spec, strategy).stream()
              .map(d -> new BatchRepository.Item(d.pick().image(), d.purpose(), d.pick().reason()))
              .toList();
      batches.insertIfAbsent(round, strategy.name(), items, spec.review().batchSize());
    }
    // Read back: another attempt may have stored its draw first.
    return batches.find(round).orElseThrow();
  }

  private List<RoundDraw.Drawn> draw(
      SelectionRequest request, CampaignSpec spec, SelectionStrategy strategy) {
    RoundId round = request.round();
    boolean pseudoLabels = spec.pseudoLabels().mode() != PseudoLabelMode.OFF;
    RoundBudget budget =
        RoundBudget.of(
            images.summary(round.campaign()).orElseThrow().poolImages(),
            budget(spec),
            spec.selection().audit(),
            pseudoLabels ? spec.pseudoLabels().verify() : 0,
            spec.selection().recheck());
    long seed = spec.training().seed();
    if (!request.predicted()) {
      return RoundDraw.unpredicted(unlabelled(round), budget, round.number(), seed);
    }
    likeness.decide(round);
    // Some of them may have been drawn for the audit or to verify: then the next ones come up.
    List<Pick> doubted = rechecks.doubted(round, budget.images());
    return RoundDraw.predicted(
        predicted(round),
        budget,
        doubted,
        strategy,
        spec.pseudoLabels().threshold(),
        round.number(),
        seed);
  }

  /** In force now: people may have amended it. */
  private double budget(CampaignSpec spec) {
    Double amended = campaigns.amended(spec.name()).budget();
    return amended != null ? amended : spec.selection().budget();
  }

  private PoolView predicted(RoundId round) {
    return predictions.readPool(
        round,
        images -> {
          PoolView.Builder pool = PoolView.builder();
          images.forEach(
              image ->
                  pool.add(
                      image.image(),
                      image.detections().stream().filter(Detection::shown).toList()));
          return pool.build();
        });
  }

  private PoolView unlabelled(RoundId round) {
    PoolView.Builder pool = PoolView.builder();
    for (StoredImage image : images.unlabelledPool(round.campaign())) {
      pool.add(image.id(), List.of());
    }
    return pool.build();
  }

  @Override
  public SelectionResult selectHoldout(RoundId round) {
    if (batches.find(round).isEmpty()) {
      CampaignSpec spec = campaigns.spec(round.campaign());
      List<BatchRepository.Item> items =
          images.holdout(round.campaign()).stream()
              .map(i -> new BatchRepository.Item(i.id(), Purpose.HOLDOUT, "measures the models"))
              .toList();
      batches.insertIfAbsent(round, "holdout", items, spec.review().batchSize());
    }
    return batches.find(round).orElseThrow();
  }

  private static SelectionStrategy strategy(CampaignSpec spec) {
    try {
      return SelectionStrategies.named(spec.selection().strategy());
    } catch (IllegalArgumentException e) {
      throw ApplicationFailure.newNonRetryableFailure(
          e.getMessage(), FinalFailure.BAD_SPECIFICATION);
    }
  }
}
