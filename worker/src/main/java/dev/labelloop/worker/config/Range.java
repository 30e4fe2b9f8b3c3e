package dev.labelloop.worker.config;

import java.util.function.DoublePredicate;

/** Numbers that a key may hold, and how to say so. */
record Range(DoublePredicate test, String words) {
  /** A share of something that may be nothing or all of it. */
  static final Range SHARE =
      new Range(x -> x >= 0 && x <= 1, "a share from 0 to 1, such as 10% or 0.1");

  /** A share that may be all but not nothing. */
  static final Range POSITIVE_SHARE =
      new Range(x -> x > 0 && x <= 1, "a share above 0 and at most 1, such as 10% or 0.1");

  /** A share that leaves something. */
  static final Range PART = new Range(x -> x > 0 && x < 1, "a share between 0 and 1, such as 15%");

  /** A loss that is a share and never all. */
  static final Range SHARE_BELOW_ONE =
      new Range(x -> x >= 0 && x < 1, "a number from 0 to below 1, such as 0.05");

  /** A difference of two shares. */
  static final Range GAIN =
      new Range(x -> x >= -1 && x <= 1, "a difference in mAP from -1 to 1, such as 0.005");

  /** How sure to be: more than a coin, less than certain. */
  static final Range CONFIDENCE =
      new Range(x -> x >= 0.5 && x < 1, "a confidence from 0.5 to below 1, such as 0.95");

  static final Range RATE =
      new Range(x -> x > 0 && x <= 1, "a learning rate above 0 and at most 1, such as 0.001");

  static final Range MONEY =
      new Range(x -> x >= 0 && x < Double.POSITIVE_INFINITY, "an amount from 0, such as 30");

  boolean holds(double number) {
    return test.test(number);
  }
}
