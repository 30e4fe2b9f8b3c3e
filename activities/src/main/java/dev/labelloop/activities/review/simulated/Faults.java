package dev.labelloop.activities.review.simulated;

/**
 * How a simulated reviewer errs; {@link #NONE} answers exactly the truth.
 *
 * @param missed share of objects overlooked, in [0, 1]
 * @param wrongClass share of boxes given another class, in [0, 1]; of no effect with one class
 * @param jitterIou mean IoU lost by imprecise edges, in [0, 1)
 */
public record Faults(double missed, double wrongClass, double jitterIou) {
  public static final Faults NONE = new Faults(0, 0, 0);

  public Faults {
    requireShare("missed", missed, missed <= 1);
    requireShare("wrongClass", wrongClass, wrongClass <= 1);
    requireShare("jitterIou", jitterIou, jitterIou < 1);
  }

  private static void requireShare(String key, double value, boolean belowEnd) {
    if (!(value >= 0) || !belowEnd) {
      throw new IllegalArgumentException(
          "review.simulated." + key + " is " + value + "; use a share from 0 to 1");
    }
  }
}
