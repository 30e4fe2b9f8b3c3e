package dev.labelloop.activities.label.quality;

import dev.labelloop.label.LabelledBox;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Finds labels that are probably wrong, in the manner of ObjectLab (Tkachenko et al. 2023, <a
 * href="https://arxiv.org/abs/2309.00832">arXiv 2309.00832</a>): a model that did not learn from
 * the labels of an image contradicts them with confidence, because an object has no label, its box
 * lies elsewhere, or its class is another.
 *
 * <p>ObjectLab scores the three kinds by box similarity and hears only detections of a confidence
 * of 0.95. Such confidences are rare here, and the three scores are on three scales, so both are
 * measured instead: of all opinions that are as sure, on the same matter and of the same class, the
 * share that labels agree with. A wrong label is as likely under a sure detection as under an
 * unsure one, while a wrong detection is not; so the more rarely such an opinion is contradicted,
 * the more likely it is that the label is at fault and not the model. A suspicion's score is 1
 * minus that share, one scale for all kinds.
 *
 * <p>A class of few opinions borrows from all classes: its share counts as that of all classes seen
 * {@value #BORROWED} times more.
 */
public final class LabelAudit {
  private static final int BORROWED = 10;

  private final Map<SuspicionKind, Agreement> overall = new EnumMap<>(SuspicionKind.class);
  private final Map<SuspicionKind, Map<Integer, Agreement>> byClass =
      new EnumMap<>(SuspicionKind.class);

  private LabelAudit(List<Opinion> opinions) {
    for (SuspicionKind kind : SuspicionKind.values()) {
      List<Opinion> own = opinions.stream().filter(o -> o.about() == kind).toList();
      overall.put(kind, Agreement.of(own));
      Map<Integer, Agreement> classes = new HashMap<>();
      own.stream()
          .collect(Collectors.groupingBy(o -> o.detection().classIndex()))
          .forEach((index, some) -> classes.put(index, Agreement.of(some)));
      byClass.put(kind, classes);
    }
  }

  /**
   * An audit that knows how far the model is to be believed.
   *
   * @param sample images with the labels of people; wrong ones are expected among them
   */
  public static LabelAudit calibratedOn(List<AuditedImage> sample) {
    return new LabelAudit(sample.stream().flatMap(image -> Opinions.of(image).stream()).toList());
  }

  /** What is suspicious in an image, in no order; at most one suspicion a label. */
  public List<Suspicion> suspicions(AuditedImage image) {
    return Opinions.of(image).stream()
        .filter(opinion -> !opinion.agrees())
        .map(
            opinion ->
                new Suspicion(
                    image.image(),
                    opinion.about(),
                    opinion.label(),
                    new LabelledBox(opinion.detection().box(), opinion.detection().classIndex()),
                    opinion.detection().confidence(),
                    1 - believed(opinion)))
        .toList();
  }

  /** Share of such opinions that labels agree with. */
  private double believed(Opinion opinion) {
    double sureness = opinion.sureness();
    double all = known(overall, opinion.about()).share(sureness);
    Agreement own = known(byClass, opinion.about()).get(opinion.detection().classIndex());
    if (own == null) {
      return all;
    }
    int seen = own.seen(sureness);
    return (own.share(sureness) * seen + all * BORROWED) / (seen + BORROWED);
  }

  private static <T> T known(Map<SuspicionKind, T> all, SuspicionKind kind) {
    return Objects.requireNonNull(all.get(kind), "every kind is measured");
  }
}
