package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.evaluation.coco.PairedBootstrap;
import dev.labelloop.activities.evaluation.coco.PairedBootstrap.Measured;
import dev.labelloop.activities.evaluation.coco.PairedBootstrap.Replicates;
import dev.labelloop.activities.evaluation.coco.Tails;
import dev.labelloop.activities.evaluation.gate.Verdict.ClassGain;
import dev.labelloop.campaign.CampaignSpec.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Lets a challenger become champion only if it is surely better: if the lower bound of its gain in
 * mAP, by a paired bootstrap, exceeds the margin, no class falls below its floor, and none that the
 * champion knows is forgotten. The bound is the more careful one of the draws' quantile and of as
 * many standard errors, both for samples as small as the holdout ({@link SmallSample}).
 *
 * <p>A campaign compares once a round, so each round spends an equal share of the risk that the
 * campaign may take: by Bonferroni's bound the chance that any promoted model was no better is at
 * most the sum of the shares spent.
 */
public final class Gate {
  /** An interval's end that moves by a tenth of the standard error at most. */
  private static final int LEAST_REPLICATES = 2_000;

  /** A decision takes seconds; the bounds of hundreds of rounds are less exact for it. */
  private static final int MOST_REPLICATES = 20_000;

  /** Replicates beyond the bound, so that it does not hang on one draw. */
  private static final int BEYOND_THE_BOUND = 20;

  /** How often a gain of {@link Verdict#detectable} would be seen; the usual choice. */
  private static final double POWER = 0.8;

  /** Objections in words; the report has all figures. */
  private static final int SHOWN = 3;

  private final Promotion rules;
  private final List<String> classes;
  private final double risk;
  private final long seed;

  /**
   * The gate of a campaign.
   *
   * @param rules as specified
   * @param classes of the campaign, in order
   * @param rounds at most, from 1
   * @param seed of the draws
   */
  public Gate(Promotion rules, List<String> classes, int rounds, long seed) {
    this.rules = rules;
    this.classes = List.copyOf(classes);
    this.risk = (1 - rules.confidence()) / rounds;
    this.seed = seed;
  }

  /**
   * Decides.
   *
   * @param progress is told of each replicate
   */
  public Verdict decide(PairedBootstrap comparison, Runnable progress) {
    double wanted = Math.ceil(BEYOND_THE_BOUND / SmallSample.share(risk, comparison.clusters()));
    int replicates = (int) Math.max(LEAST_REPLICATES, Math.min(MOST_REPLICATES, wanted));
    return decide(comparison, replicates, progress);
  }

  /** As the other, from so many draws. */
  Verdict decide(PairedBootstrap comparison, int replicates, Runnable progress) {
    Measured measured = comparison.measured();
    Replicates drawn = comparison.draw(replicates, risk, seed, progress);
    double share = SmallSample.share(risk, comparison.clusters());
    double errors = SmallSample.errors(risk, comparison.clusters());
    double standardError = StandardDeviation.of(drawn.difference()).getAsDouble();
    double away = errors * standardError;
    double lower = Math.min(bound(drawn.difference(), share), measured.gain() - away);
    List<ClassGain> gains = gains(measured, drawn);
    List<String> objections = new ArrayList<>();
    evidence(comparison.clusters(), gains, objections);
    if (lower <= rules.margin()) {
      objections.add(
          format(
              "the gain of %+.4f may be as low as %+.4f, and must surely exceed %.4f",
              measured.gain(), lower, rules.margin()));
    }
    floors(gains, objections);
    forgetting(gains, objections);
    return new Verdict(
        objections.isEmpty(),
        reason(measured, lower, objections),
        measured.champion(),
        measured.challenger(),
        lower,
        Math.max(bound(drawn.difference(), 1 - share), measured.gain() + away),
        standardError,
        standardError * (errors + NormalDistribution.of(0, 1).inverseCumulativeProbability(POWER)),
        risk,
        replicates,
        seed,
        comparison.images(),
        comparison.clusters(),
        gains);
  }

  /**
   * Draws know nothing beyond the holdout: of one image all are the same, of no box the gain is 0.
   * A challenger that is no better is ahead in each of n clusters, or in each but one, with a
   * chance of (n + 1) 2⁻ⁿ, and a single cluster that is hardly behind moves no bound; so if that is
   * more than the risk, nothing is sure.
   */
  private void evidence(int clusters, List<ClassGain> gains, List<String> objections) {
    if (gains.isEmpty()) {
      objections.add("the holdout has no box");
    } else if ((clusters + 1) * Math.pow(0.5, clusters) > risk) {
      objections.add(
          format("%d images or clusters of the holdout are too few to be sure by", clusters));
    }
  }

  /** Their bounds are not widened where clusters are few: erring here keeps the champion. */
  private List<ClassGain> gains(Measured measured, Replicates drawn) {
    List<ClassGain> gains = new ArrayList<>();
    for (int k = 0; k < classes.size(); k++) {
      if (measured.isDefined(k)) {
        Tails held = drawn.classDifference().get(k);
        boolean enough = held.count() * risk >= 1;
        gains.add(
            new ClassGain(
                classes.get(k),
                measured.championAp()[k],
                measured.challengerAp()[k],
                enough ? (Double) held.quantile(risk) : null,
                enough ? (Double) held.quantile(1 - risk) : null));
      }
    }
    return gains;
  }

  private void floors(List<ClassGain> gains, List<String> objections) {
    rules
        .floors()
        .forEach(
            (name, floor) -> {
              ClassGain gain =
                  gains.stream().filter(g -> g.name().equals(name)).findFirst().orElse(null);
              if (gain == null) {
                objections.add(
                    "the holdout has no box of class " + name + ", whose floor is " + floor);
              } else if (gain.challenger() < floor) {
                objections.add(
                    format(
                        "AP of class %s is %.4f, its floor is %.4f",
                        name, gain.challenger(), floor));
              }
            });
  }

  private void forgetting(List<ClassGain> gains, List<String> objections) {
    for (ClassGain gain : gains) {
      Double upper = gain.upper();
      if (gain.champion() > 0 && upper != null && upper < -rules.forgetting()) {
        objections.add(
            format(
                "class %s lost %.4f AP, surely more than %.4f, and may lose %.4f",
                gain.name(), gain.champion() - gain.challenger(), -upper, rules.forgetting()));
      }
    }
  }

  private String reason(Measured measured, double lower, List<String> objections) {
    String gain =
        format("mAP %.4f → %.4f on the holdout", measured.champion(), measured.challenger());
    if (objections.isEmpty()) {
      return gain
          + format(": the gain is surely above %+.4f (error risk %.2f %%)", lower, 100 * risk);
    }
    String more =
        objections.size() > SHOWN
            ? format("; and %d objections more", objections.size() - SHOWN)
            : "";
    return gain
        + ": "
        + String.join("; ", objections.subList(0, Math.min(SHOWN, objections.size())))
        + more
        + format(" (error risk %.2f %%)", 100 * risk);
  }

  private static double bound(double[] values, double share) {
    return Quantile.withDefaults().evaluate(values, share);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
