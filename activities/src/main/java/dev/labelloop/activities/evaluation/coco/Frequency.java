package dev.labelloop.activities.evaluation.coco;

/** How many training images show a category of LVIS: its files say r, c or f. */
enum Frequency {
  /** Up to 10. */
  RARE,
  /** 11 to 100. */
  COMMON,
  /** More than 100. */
  FREQUENT
}
