package dev.labelloop.campaign;

import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.label.LabelResult;
import dev.labelloop.review.ReviewProgress;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  public static final SearchAttributeKey<String> HEALTH_REASON =
      SearchAttributeKey.forKeyword("HealthReason");
  public static final SearchAttributeKey<Long> ROUND = SearchAttributeKey.forLong("CampaignRound");
  public static final SearchAttributeKey<Long> OPEN_BATCHES =
      SearchAttributeKey.forLong("OpenReviewBatches");
  public static final SearchAttributeKey<Long> PREDICTED =
      SearchAttributeKey.forLong("PredictedPercent");
  public static final SearchAttributeKey<Double> MAP = SearchAttributeKey.forDouble("CampaignMap");
  public static final SearchAttributeKey<OffsetDateTime> DEADLINE =
      SearchAttributeKey.forOffsetDateTime("ReviewDeadline");

  private static final int PERCENT_STEP = 5;
  private static final double MAP_DIGITS = 1e4;
  private static final int BAR_STEP = 10;

  /** Enough to tell models apart. */
  private static final int MODEL_DIGITS = 12;

  private List<SearchAttributeUpdate<?>> sent = List.of();

  /**
   * What is shown.
   *
   * @param status of the campaign
   * @param targetMap a fraction; null without a target
   * @param before the champion at the round's begin; null before there was one
   * @param accepted this round's pseudo-labels; null before they are decided on
   */
  record View(
      CampaignStatus status,
      @Nullable Double targetMap,
      @Nullable Champion before,
      @Nullable LabelResult accepted) {}

  /** Shows how a campaign stands. */
  void show(View view) {
    List<SearchAttributeUpdate<?>> wanted = attributes(view.status());
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
    Workflow.setCurrentDetails(details(view));
  }

  private static boolean same(SearchAttributeUpdate<?> a, SearchAttributeUpdate<?> b) {
    return Objects.equals(a.getValue(), b.getValue());
  }

  private static List<SearchAttributeUpdate<?>> attributes(CampaignStatus status) {
    List<SearchAttributeUpdate<?>> all = new ArrayList<>();
    all.add(PHASE.valueSet(status.phase().name()));
    all.add(CAMPAIGN.valueSet(status.campaign().value()));
    HealthNote health = status.health();
    all.add(HEALTH.valueSet(health.level().name()));
    all.add(health.ok() ? HEALTH_REASON.valueUnset() : HEALTH_REASON.valueSet(health.reason()));
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
    all.add(champion == null ? MAP.valueUnset() : MAP.valueSet(rounded(champion.score().map())));
    return all;
  }

  /** Lists show every digit, and nobody tells models apart by the fifth. */
  private static double rounded(double map) {
    return Math.round(map * MAP_DIGITS) / MAP_DIGITS;
  }

  private static long percent(CampaignStatus status) {
    return status.shards() == 0 ? 0 : 100L * status.shardsDone() / status.shards();
  }

  /** Markdown for the tab User Metadata; it must not begin with code, which the tab would drop. */
  static String details(View view) {
    CampaignStatus status = view.status();
    StringBuilder out = new StringBuilder();
    out.append(
        format("## Round %d of %d · %s\n\n", status.round(), status.maxRounds(), status.phase()));
    if (!status.health().ok()) {
      out.append(format("**%s**: %s\n\n", status.health().level(), cell(status.health().reason())));
    }
    out.append("| | |\n|---|---|\n");
    if (status.shards() > 0) {
      out.append(
          format(
              "| predicted | %s %d %% (%,d of %,d shards) |\n",
              bar(percent(status)), percent(status), status.shardsDone(), status.shards()));
    }
    ReviewProgress review = status.review();
    if (review != null) {
      out.append(
          format(
              "| review | %,d of %,d images answered · %,d of %,d batches open · due %s |\n",
              review.answered(),
              review.images(),
              review.openBatches(),
              review.batches(),
              due(status.deadline())));
    }
    if (!status.amended().equals(Amendment.NONE)) {
      out.append(format("| amended | %s |\n", status.amended().words()));
    }
    LabelResult accepted = view.accepted();
    if (accepted != null) {
      out.append(format("| pseudo-labels | %s |\n", pseudoLabels(accepted)));
    }
    Champion champion = status.champion();
    if (champion != null) {
      out.append(format("| mAP | %s%.3f%s |\n", from(view), champion.score().map(), to(view)));
      out.append(format("| AP50 | %.3f |\n", champion.score().ap50()));
      out.append(
          format("| champion | %s |\n", champion.model().value().substring(0, MODEL_DIGITS)));
    }
    return out.toString();
  }

  private static String bar(long percent) {
    int full = (int) percent / BAR_STEP;
    return "█".repeat(full) + "░".repeat(100 / BAR_STEP - full);
  }

  private static String due(@Nullable Instant deadline) {
    return deadline == null ? "never" : deadline.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String pseudoLabels(LabelResult accepted) {
    return accepted.accepted()
        ? format("%,d boxes on %,d images", accepted.pseudoBoxes(), accepted.pseudoImages())
        : "none: " + cell(accepted.reason());
  }

  private static String cell(String text) {
    return text.replace('|', '/').replace('`', '\'');
  }

  /** Where the champion came from in this round. */
  private static String from(View view) {
    Champion before = view.before();
    Champion now = view.status().champion();
    return before == null || before.equals(now) ? "" : format("%.3f → ", before.score().map());
  }

  private static String to(View view) {
    Double target = view.targetMap();
    return target == null ? "" : format(" (target %.3f)", target);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
