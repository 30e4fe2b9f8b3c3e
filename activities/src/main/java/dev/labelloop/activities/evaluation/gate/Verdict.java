package dev.labelloop.activities.evaluation.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found and what follows; stored as it is. mAP and AP are fractions in [0, 1],
 * gains are the challenger's less the champion's.
 *
 * @param promoted whether the challenger becomes champion
 * @param reason in words
 * @param champion its mAP on the images that both models could read
 * @param challenger its mAP on the same
 * @param lower the gain is surely above
 * @param upper the gain is surely below
 * @param standardError of the gain
 * @param detectable the smallest true gain that would be seen in four of five such comparisons
 * @param risk that {@code lower} is wrong: this round's share of what the campaign may risk
 * @param replicates drawn
 * @param seed of the draws
 * @param images compared on
 * @param clusters that they fall into; as many if each stands alone
 * @param classes that the images hold, in the campaign's order
 */
public record Verdict(
    boolean promoted,
    String reason,
    double champion,
    double challenger,
    double lower,
    double upper,
    double standardError,
    double detectable,
    double risk,
    int replicates,
    long seed,
    int images,
    int clusters,
    List<ClassGain> classes) {
  public Verdict {
    classes = List.copyOf(classes);
  }

  /**
   * One class.
   *
   * @param lower the gain is surely above; null if hardly a draw held the class
   * @param upper the gain is surely below; null with {@code lower}
   */
  public record ClassGain(
      String name,
      double champion,
      double challenger,
      @Nullable Double lower,
      @Nullable Double upper) {}
}
