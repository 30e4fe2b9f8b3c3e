package dev.labelloop.worker.web.dashboard;

import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.StoredCampaigns;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Campaigns that note what is asked of them; those named "gone…" are not there, those named "deaf…"
 * have no server that answers.
 */
public final class FakeControl implements CampaignControl {
  final List<String> orders = new CopyOnWriteArrayList<>();
  final Map<String, Integer> answered = new ConcurrentHashMap<>();
  final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();

  @Override
  public List<CampaignSummary> list() {
    return List.of();
  }

  @Override
  public CampaignProgress look(CampaignName campaign) {
    looks.computeIfAbsent(campaign.value(), name -> new AtomicInteger()).incrementAndGet();
    check(campaign);
    return CampaignProgress.told(
        new CampaignStatus(
            campaign,
            CampaignPhase.AWAITING_REVIEW,
            1,
            3,
            1,
            1,
            new ReviewProgress(2, 2, 3, answered.getOrDefault(campaign.value(), 0)),
            null,
            new Champion(StoredCampaigns.MODEL, new HoldoutScore(0.25, 0.5), true),
            false,
            Amendment.NONE,
            HealthNote.OK));
  }

  private static void check(CampaignName campaign) {
    if (campaign.value().startsWith("gone")) {
      throw new BadInputException("campaign '" + campaign + "' is not running here");
    }
    if (campaign.value().startsWith("deaf")) {
      throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "the Temporal server does not answer");
    }
  }

  @Override
  public String page(CampaignName campaign) {
    return "http://ui/" + campaign;
  }

  private void note(String order, CampaignName campaign) {
    check(campaign);
    orders.add(order + " " + campaign);
  }

  @Override
  public void pause(CampaignName campaign) {
    note("pause", campaign);
  }

  @Override
  public void resume(CampaignName campaign) {
    note("resume", campaign);
  }

  @Override
  public void amend(CampaignName campaign, Amendment amendment) {
    note("amend " + amendment.words(), campaign);
  }

  @Override
  public void finish(CampaignName campaign) {
    note("finish", campaign);
  }

  @Override
  public void rollBack(CampaignName campaign) {
    note("rollback", campaign);
  }
}
