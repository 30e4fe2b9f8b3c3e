package dev.labelloop.activities.label.quality;

import dev.labelloop.activities.label.quality.SuspicionRepository.Fresh;
import dev.labelloop.activities.label.quality.SuspicionRepository.Pseudo;
import dev.labelloop.core.Box;
import dev.labelloop.core.RoundId;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Holds labels against a round's predictions and those of the first round, fused: the model that
 * the campaign began with has learned from none of its labels, and errs in other places.
 *
 * <p>People's labels of the round: its model saw these images before anyone had labelled them, so
 * it cannot have learned the mistakes. (Labels of earlier rounds have been held against their own
 * round's model; later ones have learned from them.)
 *
 * <p>Pseudo-labels cannot be held against the predictions that they were made from. Those of the
 * round before are held against this round's, which differ if another model has become champion. It
 * has learned from these labels, so it contradicts few of them: this finds less than out-of-sample
 * predictions would.
 */
public final class RoundAudit {
  /**
   * Of such opinions, labels agree with half at least: below, the model is the likelier culprit.
   */
  static final double DOUBTFUL = 0.5;

  /** More than a round of the largest pools can ask again. */
  private static final int MOST = 10_000;

  private static final double SAME_PLACE = 0.5;

  private static final Comparator<Doubt> REVIEW_ORDER =
      Comparator.comparing(Doubt::suspicion, Suspicion.REVIEW_ORDER);

  private final SuspicionRepository repository;

  public RoundAudit(SuspicionRepository repository) {
    this.repository = repository;
  }

  /** What is doubtful, the most suspicious first. */
  public List<Doubt> doubts(RoundId round) {
    List<Fresh> fresh = repository.fresh(round);
    LabelAudit audit = LabelAudit.calibratedOn(fresh.stream().map(Fresh::image).toList());
    return repository.readPseudo(
        round,
        pseudo ->
            worst(
                Stream.concat(
                        fresh.stream().flatMap(label -> of(audit, label)),
                        pseudo.flatMap(label -> of(audit, label)))
                    .filter(doubt -> doubt.suspicion().score() <= DOUBTFUL)));
  }

  /** Holds no more than it gives: a pool of a million images may have a doubt in each. */
  private static List<Doubt> worst(Stream<Doubt> doubts) {
    PriorityQueue<Doubt> kept = new PriorityQueue<>(REVIEW_ORDER.reversed());
    doubts.forEach(
        doubt -> {
          kept.add(doubt);
          if (kept.size() > MOST) {
            kept.remove();
          }
        });
    return kept.stream().sorted(REVIEW_ORDER).toList();
  }

  private static Stream<Doubt> of(LabelAudit audit, Fresh label) {
    return contradictions(audit, label.image(), label.ignore())
        .map(s -> new Doubt(s, label.version()));
  }

  private static Stream<Doubt> of(LabelAudit audit, Pseudo label) {
    return contradictions(audit, label.image(), label.ignore()).map(s -> new Doubt(s, null));
  }

  /** A label says nothing about its ignore regions, so nothing there can contradict it. */
  private static Stream<Suspicion> contradictions(
      LabelAudit audit, AuditedImage image, List<Box> ignore) {
    return audit.suspicions(image).stream().filter(s -> s.label() != null || !ignored(s, ignore));
  }

  private static boolean ignored(Suspicion suspicion, List<Box> ignore) {
    return ignore.stream().anyMatch(region -> region.iou(suspicion.instead().box()) >= SAME_PLACE);
  }
}
