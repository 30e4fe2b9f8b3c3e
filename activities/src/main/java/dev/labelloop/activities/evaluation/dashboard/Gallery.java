package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images with their labels, a page at a time.
 *
 * @param tiles in the order that was asked for
 * @param next where the next page begins; null on the last
 */
public record Gallery(List<Tile> tiles, @Nullable Place next) {
  /** In which order images come. */
  public enum Order {
    /** By id, which is a hash: as good as drawn at random. */
    ID,
    /** The least certain prediction first; images without one last. */
    CERTAINTY,
    /** Where people touched most of what the model proposed first. */
    DISAGREEMENT
  }

  /**
   * Which images are wanted; null takes any.
   *
   * @param classIndex with a label of this class, or without a label and with a detection of it
   *     that people are shown
   * @param source of the present label
   * @param holdout in the holdout, or not
   * @param round in which the present label was made
   * @param from least certainty of the newest prediction, in [0, 1]
   * @param to most certainty of the newest prediction, in [0, 1]
   * @param disagreement only where people touched what the model proposed, or a model suspects a
   *     label
   */
  public record Wanted(
      @Nullable Integer classIndex,
      @Nullable Source source,
      @Nullable Boolean holdout,
      @Nullable Integer round,
      @Nullable Double from,
      @Nullable Double to,
      boolean disagreement) {}

  /** A place between two images, in one order. */
  public record Place(double key, ImageId image) {}

  /**
   * An image.
   *
   * @param path relative to the image folder
   * @param width pixels, upright
   * @param height pixels, upright
   * @param maker of the present label; null without one
   * @param round in which the present label was made; of a label without one, null
   * @param certainty mean confidence of the newest prediction, in [0, 1]; null where there is none
   * @param touched boxes that people touched in the newest answer; null where there is none
   * @param suspicions that models ever had
   * @param boxes the present label; without one, the newest detections that people are shown
   */
  public record Tile(
      ImageId image,
      String path,
      int width,
      int height,
      boolean holdout,
      Source source,
      @Nullable String maker,
      @Nullable Integer round,
      @Nullable Double certainty,
      @Nullable Integer touched,
      int suspicions,
      List<Marked> boxes) {}

  /**
   * A box.
   *
   * @param confidence of a detection, in [0, 1]; null of a label
   */
  public record Marked(Box box, int classIndex, @Nullable Double confidence) {}
}
