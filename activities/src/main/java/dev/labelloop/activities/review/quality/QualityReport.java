package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.quality.Agreement.Counts;
import dev.labelloop.activities.review.quality.HumanTimeFit.Timed;
import dev.labelloop.activities.review.quality.StandingRepository.Standing;
import dev.labelloop.activities.review.quality.WorkRepository.Probed;
import dev.labelloop.activities.review.quality.WorkRepository.Settled;
import dev.labelloop.activities.review.quality.WorkRepository.Worked;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a campaign's people and their work.
 *
 * @param people by name
 * @param agreed mean pairwise F1 over images that several have answered
 * @param kappa over all pairs of their answers
 * @param time what each act takes, as fitted
 * @param timed answers it was fitted to
 * @param timeByClass by class index, where there is enough to tell
 */
public record QualityReport(
    List<Person> people,
    Pull pull,
    Settled settled,
    Estimate agreed,
    OptionalDouble kappa,
    HumanTime time,
    int timed,
    Map<Integer, HumanTime> timeByClass,
    List<Worked> worked,
    Forecast forecast) {

  /**
   * A person.
   *
   * @param answers images of batches, each counted once
   * @param boxes in them
   * @param seconds of all work, known answers and second looks with it
   * @param secondsPerImage of those answers; NaN where there is none
   * @param f1 on known answers since the person may answer
   * @param agreement with others on the same images
   * @param hasty verdicts faster than a look
   * @param standing null if nobody has ever said
   * @param time what each act takes this person
   * @param byClass what the F1 on known answers is made of, by class index
   */
  public record Person(
      String name,
      int answers,
      int boxes,
      double seconds,
      double secondsPerImage,
      Probed probed,
      Estimate f1,
      OptionalDouble kappa,
      Estimate agreement,
      int hasty,
      @Nullable Standing standing,
      CheckRepository.Counts checks,
      HumanTime time,
      int timed,
      Map<Integer, Counts> byClass) {}

  static Timed timed(Given given) {
    return new Timed(given.work(), given.seconds());
  }
}
