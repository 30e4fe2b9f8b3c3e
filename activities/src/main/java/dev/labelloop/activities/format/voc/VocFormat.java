package dev.labelloop.activities.format.voc;

/**
 * What Pascal VOC's reader and writer share.
 *
 * <p>The data set of 2007 to 2012 counts pixels from 1 and both corners in; nearly every tool since
 * writes continuous coordinates from 0. A file does not tell which it is, so each has its own name
 * on the command line and neither is guessed.
 */
enum VocFormat {
  /** Corners from 0: xmin is the left edge, xmax the right edge. */
  FROM_ZERO("voc", 0),
  /** The first pixel is 1 and the last one counts: left edge = xmin - 1, right edge = xmax. */
  FROM_ONE("voc-one-based", 1);

  static final String ANNOTATIONS = "Annotations";

  /** Class names in the order of their ids, as CVAT and Datumaro write it. */
  static final String LABEL_MAP = "labelmap.txt";

  /** What stands behind a class name there: colour, parts, actions. */
  static final String LABEL_MAP_REST = ":::";

  static final String LABEL_MAP_HEAD = "# label:color_rgb:parts:actions";

  /** The name on the command line. */
  final String title;

  /** What xmin and ymin are above the edge. */
  final int first;

  VocFormat(String title, int first) {
    this.title = title;
    this.first = first;
  }
}
