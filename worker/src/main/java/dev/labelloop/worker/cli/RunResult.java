package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.core.ModelId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run} answers.
 *
 * @param campaign its name
 * @param state COMPLETED, TARGET_REACHED, FINISHED or FAILED
 * @param rounds by number, beginning with round 0
 * @param champion the model to use; null if none was measured
 * @param temporalUi address of the campaign in the Temporal Web UI, while its server runs
 * @param home the campaign home
 * @param report the report for people
 * @param leftOut images that could not be used, or lay there twice; null before they are registered
 * @param failure why it failed; null if it did not
 */
record RunResult(
    String campaign,
    String state,
    List<Round> rounds,
    @Nullable Champion champion,
    @Nullable String temporalUi,
    String home,
    @Nullable String report,
    @Nullable LeftOut leftOut,
    @Nullable String failure) {

  /**
   * Files that are no images of the campaign; the report names the first, each with its reason.
   *
   * @param quarantined files that could not be read
   * @param duplicates files with the bytes of another
   */
  record LeftOut(int quarantined, int duplicates) {}

  static LeftOut leftOut(CampaignReport report) {
    return new LeftOut(report.dataset().quarantined(), report.dataset().duplicates());
  }

  /**
   * One round; people's work adds up over the rounds.
   *
   * @param personSeconds to a tenth of a second
   * @param map of the champion after the round, a fraction
   * @param ap50 of the champion after the round, a fraction
   */
  record Round(
      int round,
      int imagesReviewed,
      int boxesTouched,
      double personSeconds,
      int pseudoBoxes,
      double map,
      double ap50,
      boolean promoted) {
    static Round of(CampaignReport.Round round) {
      return new Round(
          round.round(),
          round.imagesReviewed(),
          round.boxesTouched(),
          Math.round(10 * round.personSeconds()) / 10.0,
          round.pseudoBoxes(),
          round.map(),
          round.ap50(),
          round.promoted());
    }
  }

  /** The model in use and its score on the holdout. */
  record Champion(ModelId model, double map, double ap50) {}

  /** Rounds of a report. */
  static List<Round> rounds(CampaignReport report) {
    return report.rounds().stream().map(Round::of).toList();
  }

  /** The champion as of a report. */
  static @Nullable Champion champion(CampaignReport report) {
    var champion = report.champion();
    return champion == null
        ? null
        : new Champion(champion.model(), champion.score().map(), champion.score().ap50());
  }

  /** The curve and the links, for a person. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s: %s%n%n", campaign, state));
    if (!rounds.isEmpty()) {
      text.append("round  reviewed  touched  hours  pseudo    mAP   AP50\n");
      rounds.forEach(round -> text.append(row(round)));
      text.append('\n');
    }
    if (leftOut != null && leftOut.quarantined + leftOut.duplicates > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "left out  %d files that cannot be read (the report tells why), %d duplicates%n",
              leftOut.quarantined,
              leftOut.duplicates));
    }
    if (champion != null) {
      text.append("champion  ").append(champion.model()).append('\n');
    }
    if (report != null) {
      text.append("report    ").append(report).append('\n');
    }
    if (temporalUi != null) {
      text.append("Temporal  ")
          .append(temporalUi)
          .append(" (while 'serve' or 'run' keeps the home up)\n");
    }
    return text.toString();
  }

  private static String row(Round round) {
    int bar = (int) Math.round(40 * round.map());
    return String.format(
        Locale.ROOT,
        "%5d %9d %8d %6.2f %7d  %5.3f  %5.3f  %s%s%n",
        round.round(),
        round.imagesReviewed(),
        round.boxesTouched(),
        round.personSeconds() / 3600,
        round.pseudoBoxes(),
        round.map(),
        round.ap50(),
        "█".repeat(bar),
        round.promoted() || round.round() == 0 ? "" : "  champion kept");
  }
}
