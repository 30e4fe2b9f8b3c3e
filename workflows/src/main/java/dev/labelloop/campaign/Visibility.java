package dev.labelloop.campaign;

import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Tells the Temporal Web UI how a campaign stands: search attributes for lists and filters, current
 * details for the page of one campaign.
 *
 * <p>Each change of an attribute costs an event and an update of a wide table, so nothing is sent
 * that is as it was, and progress goes in steps of five percent.
 */
public final class Visibility {
  public static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("CampaignPhase");
  public static final SearchAttributeKey<String> CAMPAIGN =
      SearchAttributeKey.forKeyword("CampaignId");
  public static final SearchAttributeKey<String> MODEL =
      SearchAttributeKey.forKeyword("ModelVersion");
  public static final SearchAttributeKey<String> HEALTH =
      SearchAttributeKey.forKeyword("CampaignHealth");
  public static final SearchAttributeKey<Long> ROUND = SearchAttributeKey.forLong("CampaignRound");
  public static final SearchAttributeKey<Long> OPEN_BATCHES =
      SearchAttributeKey.forLong("OpenReviewBatches");
  public static final SearchAttributeKey<Long> PREDICTED =
      SearchAttributeKey.forLong("PredictedPercent");
  public static final SearchAttributeKey<Double> MAP = SearchAttributeKey.forDouble("CampaignMap");
  public static final SearchAttributeKey<OffsetDateTime> DEADLINE =
      SearchAttributeKey.forOffsetDateTime("ReviewDeadline");

  private static final int PERCENT_STEP = 5;

  private List<SearchAttributeUpdate<?>> sent = List.of();

  /** Shows this status. */
  void show(CampaignStatus status, LoopSettings settings, String health) {
    List<SearchAttributeUpdate<?>> wanted = attributes(status, health);
    List<SearchAttributeUpdate<?>> news = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (sent.isEmpty() || !same(wanted.get(i), sent.get(i))) {
        news.add(wanted.get(i));
      }
    }
    if (!news.isEmpty()) {
      Workflow.upsertTypedSearchAttributes(news.toArray(SearchAttributeUpdate[]::new));
      sent = wanted;
    }
    Workflow.setCurrentDetails(details(status, settings));
  }

  private static boolean same(SearchAttributeUpdate<?> a, SearchAttributeUpdate<?> b) {
    return Objects.equals(a.getValue(), b.getValue());
  }

  private static List<SearchAttributeUpdate<?>> attributes(CampaignStatus status, String health) {
    List<SearchAttributeUpdate<?>> all = new ArrayList<>();
    all.add(PHASE.valueSet(status.phase().name()));
    all.add(CAMPAIGN.valueSet(status.campaign().value()));
    all.add(HEALTH.valueSet(health));
    all.add(ROUND.valueSet((long) status.round()));
    all.add(PREDICTED.valueSet(percent(status) / PERCENT_STEP * PERCENT_STEP));
    var review = status.review();
    all.add(OPEN_BATCHES.valueSet(review == null ? 0L : review.openBatches()));
    var deadline = status.deadline();
    all.add(
        deadline == null
            ? DEADLINE.valueUnset()
            : DEADLINE.valueSet(deadline.atOffset(ZoneOffset.UTC)));
    Champion champion = status.champion();
    all.add(champion == null ? MODEL.valueUnset() : MODEL.valueSet(champion.model().value()));
    all.add(champion == null ? MAP.valueUnset() : MAP.valueSet(champion.score().map()));
    return all;
  }

  private static long percent(CampaignStatus status) {
    return status.shards() == 0 ? 0 : 100L * status.shardsDone() / status.shards();
  }

  /** Markdown for the tab User Metadata. */
  static String details(CampaignStatus status, LoopSettings settings) {
    StringBuilder out = new StringBuilder();
    out.append(
        format(
            "## Round %d of %d · %s%s\n\n| | |\n|---|---|\n",
            status.round(),
            status.maxRounds(),
            status.phase(),
            status.paused() ? " · PAUSED" : ""));
    if (status.shards() > 0) {
      out.append(
          format(
              "| predicted | %,d of %,d shards (%d %%) |\n",
              status.shardsDone(), status.shards(), percent(status)));
    }
    var review = status.review();
    if (review != null) {
      out.append(
          format(
              "| review | %,d of %,d images answered · %,d of %,d batches open · due %s |\n",
              review.answered(),
              review.images(),
              review.openBatches(),
              review.batches(),
              String.valueOf(status.deadline())));
    }
    Champion champion = status.champion();
    if (champion != null) {
      Double target = settings.targetMap();
      out.append(
          format(
              "| mAP | %.3f%s |\n| AP50 | %.3f |\n| champion | %s |\n",
              champion.score().map(),
              target == null ? "" : format(" (target %.3f)", target),
              champion.score().ap50(),
              champion.model().value().substring(0, 12)));
    }
    return out.toString();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
