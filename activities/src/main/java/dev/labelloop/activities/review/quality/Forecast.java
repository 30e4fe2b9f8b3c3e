package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewWork;
import java.util.List;

/**
 * What the images that wait will take.
 *
 * @param images how many wait
 * @param seconds of people's work, all seats together
 */
public record Forecast(int images, double seconds) {
  /**
   * From the times of acts and from what became of proposals so far: of each that waits, as large a
   * share will be kept, changed and deleted, and as many objects an image will be drawn. Before any
   * answer, all are expected to be kept, and none to be drawn.
   *
   * @param waiting proposals on each image that waits
   * @param overlap people an image
   */
  static Forecast of(
      List<Integer> waiting, int overlap, List<HumanTimeFit.Timed> done, HumanTime time) {
    ReviewWork work =
        done.stream()
            .map(HumanTimeFit.Timed::total)
            .reduce(new ReviewWork(0, 0, 0, 0, 0), Acts::sum);
    int changed = work.adjusted() + work.relabelled();
    int shown = work.kept() + changed + work.deleted();
    double aProposal =
        shown == 0
            ? time.verify()
            : (work.kept() * time.verify()
                    + changed * time.adjust()
                    + work.deleted() * time.delete())
                / shown;
    double anImage = time.scan() + (done.isEmpty() ? 0 : work.added() * time.draw() / done.size());
    int boxes = waiting.stream().mapToInt(Integer::intValue).sum();
    return new Forecast(waiting.size(), overlap * (waiting.size() * anImage + boxes * aProposal));
  }
}
