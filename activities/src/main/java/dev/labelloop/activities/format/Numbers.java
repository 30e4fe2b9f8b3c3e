package dev.labelloop.activities.format;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in texts. */
public final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private Numbers() {}

  /** A decimal number; nothing for any other text, NaN and infinity among them. */
  public static Optional<Double> decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /** A whole number, which 3.0 is too; nothing for any other text. */
  public static Optional<Long> whole(String text) {
    return decimal(text)
        .filter(number -> number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE)
        .map(Double::longValue);
  }

  /** The shortest text that is read as the same number, never with an exponent. */
  public static String text(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }
}
