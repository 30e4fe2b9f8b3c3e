package dev.labelloop.activities.review;

/** What may be wrong with the labels of an image: the three kinds of ObjectLab. */
public enum SuspicionKind {
  /** An object without a label. */
  OVERLOOKED,
  /** A label whose box lies beside its object. */
  BADLY_LOCATED,
  /** A label with the class of something else. */
  SWAPPED
}
