package dev.labelloop.activities.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares of images. */
public final class Share {
  private Share() {}

  /**
   * A share of some images, rounded up, so that what was asked for is never rounded away.
   *
   * <p>In decimals: as doubles, a tenth of 30 is 3.0000000000000004 and would round up to 4.
   *
   * @param share in [0, 1]
   */
  public static int of(int whole, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is in [0, 1]: " + share);
    }
    return BigDecimal.valueOf(share)
        .multiply(BigDecimal.valueOf(whole))
        .setScale(0, RoundingMode.CEILING)
        .intValueExact();
  }
}
