package dev.labelloop.activities.evaluation.errors;

/**
 * The kinds of error of TIDE (Bolya et al. 2020, <a href="https://arxiv.org/abs/2008.08115">arXiv
 * 2008.08115</a>), and how each is mended to see what it costs.
 *
 * <p>All but {@link #MISSED} are kinds of false detection: each has exactly one, the first that
 * fits in the order {@link #LOCATION}, {@link #CLASS}, {@link #DUPLICATE}, {@link #BACKGROUND},
 * {@link #BOTH}. Where several detections could be mended to the same object, the surest is and the
 * others are removed, as are those whose object is found already.
 */
public enum ErrorType {
  /** On an object, named wrongly. Mended by the object's class, and its box: it finds this one. */
  CLASS,
  /** Named rightly, near an object but not on it. Mended by the object's box. */
  LOCATION,
  /** Named wrongly, and near an object but not on it. Mended by removal. */
  BOTH,
  /** On an object that a surer detection has found. Mended by removal. */
  DUPLICATE,
  /** Far from every object. Mended by removal. */
  BACKGROUND,
  /**
   * An object without a detection, and without an error of class or location that would be one.
   * Mended by taking it out of the truth.
   */
  MISSED
}
