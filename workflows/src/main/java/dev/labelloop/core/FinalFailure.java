package dev.labelloop.core;

/**
 * Types of failures that no retry can mend; activities throw them as non-retryable {@code
 * ApplicationFailure}s, and the message names the file or field, the value and the mend.
 */
public final class FinalFailure {
  /** The images, the holdout file or the classes cannot be used. */
  public static final String BAD_DATASET = "BadDataset";

  /** The specification asks for something that cannot be had. */
  public static final String BAD_SPECIFICATION = "BadSpecification";

  /** A weights file is cut off or of another architecture. */
  public static final String BAD_MODEL = "BadModel";

  /** The review tool refuses us for good: wrong token, deleted project. */
  public static final String BAD_REVIEW_TOOL = "BadReviewTool";

  /** The review's deadline passed and the specification says to fail then. */
  public static final String REVIEW_OVERDUE = "ReviewOverdue";

  private FinalFailure() {}
}
