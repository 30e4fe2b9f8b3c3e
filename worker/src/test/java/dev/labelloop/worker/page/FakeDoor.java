package dev.labelloop.worker.page;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.web.dashboard.CampaignControl;
import dev.labelloop.worker.web.review.CampaignDoor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Campaigns that are where a test says, and note what they are asked. */
final class FakeDoor implements CampaignDoor, CampaignControl {
  private final List<BatchId> completed = new CopyOnWriteArrayList<>();
  private final List<String> orders = new CopyOnWriteArrayList<>();

  private final Map<CampaignName, CampaignStatus> statuses = new ConcurrentHashMap<>();

  /** Batches that people are done with. */
  List<BatchId> completed() {
    return List.copyOf(completed);
  }

  /** What was ordered of a campaign, in its order, such as {@code pause street}. */
  List<String> orders(String campaign) {
    return orders.stream().filter(order -> order.split(" ", 3)[1].equals(campaign)).toList();
  }

  /** From now on a campaign is there. */
  void tell(CampaignStatus status) {
    statuses.put(status.campaign(), status);
  }

  /** A campaign in round 1 of 3 that waits for people. */
  static CampaignStatus waiting(CampaignName campaign, int images, int answered, boolean paused) {
    return new CampaignStatus(
        campaign,
        CampaignPhase.AWAITING_REVIEW,
        1,
        3,
        1,
        1,
        new ReviewProgress(1, 1, images, answered),
        null,
        new Champion(Studio.MODEL, new HoldoutScore(0.25, 0.5), true),
        paused,
        Amendment.NONE,
        HealthNote.OK);
  }

  private CampaignStatus status(CampaignName campaign) {
    return statuses.getOrDefault(campaign, waiting(campaign, 3, 0, false));
  }

  @Override
  public Optional<ReviewProgress> completeReview(BatchId batch) {
    completed.add(batch);
    return Optional.of(new ReviewProgress(1, 0, 3, 3));
  }

  @Override
  public List<CampaignSummary> list() {
    return statuses.values().stream()
        .map(
            status ->
                new CampaignSummary(
                    status.campaign().value(),
                    CampaignSummary.RUNNING,
                    status.phase().name(),
                    status.round(),
                    0.25,
                    CampaignHealth.OK,
                    null,
                    Instant.parse("2026-05-04T12:00:00Z")))
        .toList();
  }

  @Override
  public CampaignProgress look(CampaignName campaign) {
    return CampaignProgress.told(status(campaign));
  }

  @Override
  public String page(CampaignName campaign) {
    return "http://127.0.0.1:8233/namespaces/labelloop/workflows/campaign%2F" + campaign;
  }

  @Override
  public void pause(CampaignName campaign) {
    orders.add("pause " + campaign);
    tell(waiting(campaign, 3, 0, true));
  }

  @Override
  public void resume(CampaignName campaign) {
    orders.add("resume " + campaign);
    tell(waiting(campaign, 3, 0, false));
  }

  @Override
  public void amend(CampaignName campaign, Amendment amendment) {
    orders.add("amend " + campaign + " " + amendment.words());
  }

  @Override
  public void finish(CampaignName campaign) {
    orders.add("finish " + campaign);
  }

  @Override
  public void rollBack(CampaignName campaign) {
    orders.add("rollback " + campaign);
  }
}
