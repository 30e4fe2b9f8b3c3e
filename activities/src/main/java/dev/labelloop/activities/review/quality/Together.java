package dev.labelloop.activities.review.quality;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How far people agree who answered the same images without seeing each other's answers. */
public final class Together {
  private record Key(int round, ImageId image) {}

  private final int classes;
  private final Map<String, List<Double>> f1 = new TreeMap<>();
  private final Map<String, Kappa> kappas = new TreeMap<>();
  private final Kappa kappa;
  private final List<Double> means = new ArrayList<>();

  private Together(int classes) {
    this.classes = classes;
    this.kappa = new Kappa(classes);
  }

  /**
   * Compares answers, in the order in which they came; skipped ones say nothing.
   *
   * @param classes length of the class list
   */
  static Together of(List<Given> newest, int classes) {
    Together together = new Together(classes);
    Map<Key, List<Given>> images = new LinkedHashMap<>();
    for (Given given : newest) {
      if (given.whole() && !given.skipped()) {
        images
            .computeIfAbsent(new Key(given.round(), given.image()), key -> new ArrayList<>())
            .add(given);
      }
    }
    images.values().stream().filter(seats -> seats.size() > 1).forEach(together::add);
    return together;
  }

  private void add(List<Given> seats) {
    means.add(Agreement.meanPairwiseF1(seats.stream().map(Given::boxes).toList()));
    for (Given own : seats) {
      double sum = 0;
      for (Given other : seats) {
        if (own.seat() != other.seat()) {
          sum += Agreement.f1(own.boxes(), other.boxes());
          count(own.person(), own.boxes(), other.boxes());
        }
        if (own.seat() < other.seat()) {
          kappa.add(own.boxes(), other.boxes());
        }
      }
      f1.computeIfAbsent(own.person(), name -> new ArrayList<>()).add(sum / (seats.size() - 1));
    }
  }

  private void count(String person, List<LabelledBox> own, List<LabelledBox> other) {
    kappas.computeIfAbsent(person, name -> new Kappa(classes)).add(own, other);
  }

  /** A person's mean F1 with the others, over images. */
  public Estimate of(String person) {
    return ConfidenceSequence.of(f1.getOrDefault(person, List.of()));
  }

  /** A person's kappa with the others. */
  public OptionalDouble kappa(String person) {
    return kappas.getOrDefault(person, new Kappa(classes)).value();
  }

  /** Mean pairwise F1 over images. */
  public Estimate all() {
    return ConfidenceSequence.of(means);
  }

  /** Kappa over all pairs of answers. */
  public OptionalDouble kappa() {
    return kappa.value();
  }
}
