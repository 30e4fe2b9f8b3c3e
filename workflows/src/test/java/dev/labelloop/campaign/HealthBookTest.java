package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.FinalFailure;
import dev.labelloop.dataset.DatasetSummary;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import org.junit.jupiter.api.Test;

/** What a campaign says of its health, without a server. */
class HealthBookTest {
  private static final HealthNote RETRIES =
      new HealthNote(CampaignHealth.DEGRADED, "retries/PredictShard", "the disk is full");

  private final HealthBook book = new HealthBook();

  @Test
  void isWellAsLongAsNothingIsKnown() {
    assertThat(now(false, false)).isEqualTo(HealthNote.OK);
  }

  @Test
  void tellsWhatIsSeenFromOutsideUntilThatIsOver() {
    assertThat(book.note(RETRIES)).isTrue();
    assertThat(now(false, true)).isEqualTo(RETRIES);

    assertThat(book.note(HealthNote.OK)).isTrue();
    assertThat(now(false, false)).isEqualTo(HealthNote.OK);
    assertThat(book.seen()).isEqualTo(new SeenHealth(HealthNote.OK, 2));
  }

  @Test
  void theSameTroubleInOtherWordsIsNoNews() {
    book.note(RETRIES);

    assertThat(book.note(new HealthNote(RETRIES.level(), RETRIES.cause(), "still full"))).isFalse();
    assertThat(book.note(new HealthNote(CampaignHealth.BLOCKED, RETRIES.cause(), "full"))).isTrue();
    assertThat(book.note(null)).isFalse();
    assertThat(book.seen().changes()).isEqualTo(2);
  }

  @Test
  void whatAPersonDidStandsBeforeWhatIsSeen() {
    book.note(RETRIES);

    assertThat(now(true, false).level()).isEqualTo(CampaignHealth.BLOCKED);
    assertThat(now(true, false).reason()).contains("campaign resume");
    assertThat(now(false, false)).isEqualTo(RETRIES);
  }

  @Test
  void anExtendedDeadlineIsWorthALook() {
    assertThat(now(false, true).level()).isEqualTo(CampaignHealth.DEGRADED);
  }

  @Test
  void moreThanOnePercentOfUselessFilesIsWorthALook() {
    assertThat(book.now(false, false, dataset(990, 10))).isEqualTo(HealthNote.OK); // 10 of 1000

    HealthNote note = book.now(false, false, dataset(990, 11)); // 11 of 1001

    assertThat(note.level()).isEqualTo(CampaignHealth.DEGRADED);
    assertThat(note.reason()).startsWith("11 files cannot be used");
  }

  @Test
  void aFailureIsToldInTheWordsOfWhoFailed() {
    book.failed(
        ApplicationFailure.newNonRetryableFailure(
            "weights 'a.safetensors' break off: fetch them again", FinalFailure.BAD_MODEL));
    book.note(RETRIES);

    assertThat(now(true, true))
        .isEqualTo(
            new HealthNote(
                CampaignHealth.BLOCKED,
                "failed",
                "weights 'a.safetensors' break off: fetch them again"));
  }

  @Test
  void whoCancelsFromOutsideIsToldHowToGoOn() {
    book.failed(new CanceledFailure("by an operator"));

    assertThat(now(false, false).reason()).contains("start it again");
  }

  @Test
  void aCampaignThatEndedWellIsWell() {
    book.note(RETRIES);
    book.ended();

    assertThat(now(false, true)).isEqualTo(HealthNote.OK);
  }

  @Test
  void pagesOfWordsBecomeOneShortLine() {
    HealthNote note =
        new HealthNote(CampaignHealth.BLOCKED, "failed", "first\n  second\t" + "x".repeat(5000));

    assertThat(note.reason()).startsWith("first second xxx").hasSize(HealthNote.MOST_REASON);
  }

  private HealthNote now(boolean paused, boolean overdue) {
    return book.now(paused, overdue, null);
  }

  private static DatasetSummary dataset(int pool, int quarantined) {
    return new DatasetSummary(pool, 0, 0, quarantined, 0, 32);
  }
}
