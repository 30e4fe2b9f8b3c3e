package dev.labelloop.activities.detector.yolox;

import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns logits into detections: cells to boxes, then non-maximum suppression a class.
 *
 * <p>A cell (gx, gy) of stride s holds the box with centre ((tx + gx) s, (ty + gy) s) and size
 * (e^tw s, e^th s); its score is the probability of an object times that of its likeliest class
 * (section 2.1 of arXiv 2107.08430).
 */
final class YoloxDecoder {
  /**
   * Detections below are dropped. Low, because mAP counts the whole precision–recall curve; not
   * lower, because below it a detection is noise that only costs space.
   */
  static final double LEAST_CONFIDENCE = 0.01;

  /** As upstream. */
  static final double NMS_IOU = 0.65;

  /** COCO's mAP looks at no more an image. */
  static final int MOST_DETECTIONS = 100;

  /** e^tw beyond this would overflow; no picture is that large. */
  private static final float MOST_LOG_SIZE = 20;

  private final int classes;
  private final int input;

  /**
   * A decoder.
   *
   * @param classes number of classes
   * @param input side of the square network input, pixels
   */
  YoloxDecoder(int classes, int input) {
    this.classes = classes;
    this.input = input;
  }

  /**
   * Detections of one image.
   *
   * @param logits N rows of 5 + C, row-major, from {@code offset}
   * @param scale image pixels × scale = network pixels
   * @param width of the image, pixels; boxes are clipped to it
   * @param height of the image, pixels
   */
  List<Detection> decode(float[] logits, int offset, double scale, int width, int height) {
    List<Detection> found = new ArrayList<>();
    int columns = YoloxNetwork.BOX_COLUMNS + classes;
    int at = offset;
    for (int stride : YoloxNetwork.STRIDES) {
      int side = input / stride;
      for (int gy = 0; gy < side; gy++) {
        for (int gx = 0; gx < side; gx++, at += columns) {
          cell(logits, at, gx, gy, stride, scale, width, height, found);
        }
      }
    }
    return suppress(found);
  }

  private void cell(
      float[] logits,
      int at,
      int gx,
      int gy,
      int stride,
      double scale,
      int width,
      int height,
      List<Detection> found) {
    double object = sigmoid(logits[at + 4]);
    if (object < LEAST_CONFIDENCE) {
      return; // the class probability can only lower it
    }
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[at + 5 + c] > logits[at + 5 + best]) {
        best = c;
      }
    }
    double confidence = object * sigmoid(logits[at + 5 + best]);
    if (!(confidence >= LEAST_CONFIDENCE)) {
      return;
    }
    double w = Math.exp(Math.min(logits[at + 2], MOST_LOG_SIZE)) * stride;
    double h = Math.exp(Math.min(logits[at + 3], MOST_LOG_SIZE)) * stride;
    double left = (logits[at] + gx) * stride - w / 2;
    double top = (logits[at + 1] + gy) * stride - h / 2;
    double x1 = clip(left / scale, width);
    double y1 = clip(top / scale, height);
    double x2 = clip((left + w) / scale, width);
    double y2 = clip((top + h) / scale, height);
    if (x2 > x1 && y2 > y1) {
      found.add(new Detection(Box.ofCorners(x1, y1, x2, y2), best, confidence));
    }
  }

  /**
   * The best of each cluster of a class, by falling confidence, at most {@link #MOST_DETECTIONS}.
   */
  static List<Detection> suppress(List<Detection> found) {
    List<Detection> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingDouble(Detection::confidence).reversed());
    List<Detection> kept = new ArrayList<>();
    for (Detection candidate : sorted) {
      if (kept.size() == MOST_DETECTIONS) {
        break;
      }
      if (kept.stream().noneMatch(k -> covers(k, candidate))) {
        kept.add(candidate);
      }
    }
    return List.copyOf(kept);
  }

  private static boolean covers(Detection kept, Detection candidate) {
    return kept.classIndex() == candidate.classIndex() && kept.box().iou(candidate.box()) > NMS_IOU;
  }

  private static double sigmoid(float x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double clip(double value, int most) {
    return Math.max(0, Math.min(most, value));
  }
}
