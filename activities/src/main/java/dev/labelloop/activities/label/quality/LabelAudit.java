package dev.labelloop.activities.label.quality;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
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
 * <p>Classes differ, and so do pairs of them: a model takes a truck for a car far more often than
 * for a motorcycle, while a person who errs might say anything. So a contradiction between two
 * classes is held against those between the same two, each counting for as many as there are other
 * classes. What is said seldom borrows: its share counts as that of all classes, or of all pairs of
 * its class, seen {@value #BORROWED} times more.
 */
public final class LabelAudit {
  private static final int BORROWED = 10;
  private static final int ANY = -1;
  private static final Agreement NOTHING = Agreement.of(List.of());

  /** A kind of opinion: of which class the detection is, and which class a label says instead. */
  private record Matter(SuspicionKind about, int said, int labelled) {}

  private final Map<Matter, Agreement> measured = new HashMap<>();

  private LabelAudit(List<Opinion> opinions, int classes) {
    Map<Matter, List<Opinion>> said =
        opinions.stream().collect(Collectors.groupingBy(LabelAudit::ofItsClass));
    said.forEach((matter, own) -> measured.put(matter, Agreement.of(own)));
    opinions.stream()
        .collect(Collectors.groupingBy(LabelAudit::ofAnyClass))
        .forEach((matter, own) -> measured.put(matter, Agreement.of(own)));
    opinions.stream()
        .filter(opinion -> opinion.about() == SuspicionKind.SWAPPED && !opinion.agrees())
        .collect(Collectors.groupingBy(LabelAudit::ofItsPair))
        .forEach(
            (pair, own) -> {
              List<Opinion> all = new ArrayList<>(own);
              said.getOrDefault(new Matter(pair.about, pair.said, ANY), List.of()).stream()
                  .filter(Opinion::agrees)
                  .forEach(all::add);
              measured.put(pair, Agreement.of(all, classes - 1));
            });
  }

  /**
   * An audit that knows how far the model is to be believed.
   *
   * @param sample images with the labels of people; wrong ones are expected among them
   */
  public static LabelAudit calibratedOn(List<AuditedImage> sample) {
    long classes =
        sample.stream()
            .flatMap(image -> image.labels().stream())
            .mapToInt(LabelledBox::classIndex)
            .distinct()
            .count();
    return new LabelAudit(
        sample.stream().flatMap(image -> Opinions.of(image).stream()).toList(),
        (int) Math.max(2, classes));
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
    double share = agreement(ofAnyClass(opinion)).share(sureness);
    for (Matter matter : special(opinion)) {
      Agreement own = agreement(matter);
      int seen = own.seen(sureness);
      share = (own.share(sureness) * seen + share * BORROWED) / (seen + BORROWED);
    }
    return share;
  }

  private Agreement agreement(Matter matter) {
    return measured.getOrDefault(matter, NOTHING);
  }

  /** The more general first. */
  private static List<Matter> special(Opinion opinion) {
    return opinion.about() == SuspicionKind.SWAPPED
        ? List.of(ofItsClass(opinion), ofItsPair(opinion))
        : List.of(ofItsClass(opinion));
  }

  private static Matter ofAnyClass(Opinion opinion) {
    return new Matter(opinion.about(), ANY, ANY);
  }

  private static Matter ofItsClass(Opinion opinion) {
    return new Matter(opinion.about(), opinion.detection().classIndex(), ANY);
  }

  private static Matter ofItsPair(Opinion opinion) {
    LabelledBox label = Objects.requireNonNull(opinion.label(), "a class is that of a label");
    return new Matter(opinion.about(), opinion.detection().classIndex(), label.classIndex());
  }
}
