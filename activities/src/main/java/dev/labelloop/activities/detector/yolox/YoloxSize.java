package dev.labelloop.activities.detector.yolox;

import java.util.List;

/**
 * How deep and wide a YOLOX network is (table 4 of arXiv 2107.08430 and its published settings).
 *
 * @param name as in specifications
 * @param depth factor on the number of bottlenecks, of 3
 * @param width factor on the number of channels, of 64
 * @param depthwise whether 3 × 3 convolutions are split into depthwise and pointwise
 */
public record YoloxSize(String name, double depth, double width, boolean depthwise) {
  public static final YoloxSize NANO = new YoloxSize("nano", 0.33, 0.25, true);
  public static final YoloxSize TINY = new YoloxSize("tiny", 0.33, 0.375, false);
  public static final YoloxSize S = new YoloxSize("s", 0.33, 0.50, false);

  /** All sizes, the smallest first. */
  public static final List<YoloxSize> ALL = List.of(NANO, TINY, S);

  /** The size of this name. */
  public static YoloxSize named(String name) {
    for (YoloxSize size : ALL) {
      if (size.name.equals(name)) {
        return size;
      }
    }
    throw new IllegalArgumentException("model size '" + name + "' is unknown: use nano, tiny or s");
  }

  int channels(int base) {
    return (int) (base * width);
  }

  int bottlenecks(int base) {
    return Math.max(1, (int) Math.round(base * depth));
  }
}
