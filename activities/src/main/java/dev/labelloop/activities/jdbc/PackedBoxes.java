package dev.labelloop.activities.jdbc;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes as a {@code bytea}: a version byte, then equal records in big-endian order.
 *
 * <p>Version 1, detections: class (uint16), confidence and x, y, width, height (float32), 22 bytes
 * each; half a pixel in 8 million is enough for a prediction. Version 2, labels: class (int32), x,
 * y, width, height (float64), 36 bytes each; a person's box comes back bit for bit.
 */
public final class PackedBoxes {
  private static final byte DETECTIONS = 1;
  private static final byte LABELS = 2;
  private static final int MOST_CLASSES = 1 << Short.SIZE;
  private static final int DETECTION_BYTES = Short.BYTES + 5 * Float.BYTES;
  private static final int LABEL_BYTES = Integer.BYTES + 4 * Double.BYTES;

  private PackedBoxes() {}

  /** Packs detections; they come back with float32 precision. */
  public static byte[] ofDetections(List<Detection> detections) {
    ByteBuffer out = ByteBuffer.allocate(1 + detections.size() * DETECTION_BYTES).put(DETECTIONS);
    for (Detection d : detections) {
      if (d.classIndex() >= MOST_CLASSES) {
        throw new IllegalArgumentException(
            "class index " + d.classIndex() + " is not below " + MOST_CLASSES);
      }
      out.putShort((short) d.classIndex())
          .putFloat((float) d.confidence())
          .putFloat((float) d.box().x())
          .putFloat((float) d.box().y())
          .putFloat((float) d.box().width())
          .putFloat((float) d.box().height());
    }
    return out.array();
  }

  /** Unpacks detections. */
  public static List<Detection> detections(byte[] packed) {
    ByteBuffer in = open(packed, DETECTIONS, DETECTION_BYTES);
    List<Detection> all = new ArrayList<>(in.remaining() / DETECTION_BYTES);
    while (in.hasRemaining()) {
      int classIndex = in.getShort() & 0xffff;
      double confidence = in.getFloat();
      Box box = new Box(in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat());
      all.add(new Detection(box, classIndex, confidence));
    }
    return all;
  }

  /** Packs labels, exactly. */
  public static byte[] ofLabels(List<LabelledBox> labels) {
    ByteBuffer out = ByteBuffer.allocate(1 + labels.size() * LABEL_BYTES).put(LABELS);
    for (LabelledBox label : labels) {
      out.putInt(label.classIndex())
          .putDouble(label.box().x())
          .putDouble(label.box().y())
          .putDouble(label.box().width())
          .putDouble(label.box().height());
    }
    return out.array();
  }

  /** Unpacks labels. */
  public static List<LabelledBox> labels(byte[] packed) {
    ByteBuffer in = open(packed, LABELS, LABEL_BYTES);
    List<LabelledBox> all = new ArrayList<>(in.remaining() / LABEL_BYTES);
    while (in.hasRemaining()) {
      int classIndex = in.getInt();
      Box box = new Box(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble());
      all.add(new LabelledBox(box, classIndex));
    }
    return all;
  }

  private static ByteBuffer open(byte[] packed, byte version, int recordBytes) {
    if (packed.length == 0 || packed[0] != version || (packed.length - 1) % recordBytes != 0) {
      throw new IllegalStateException(
          "stored boxes are not of version " + version + ": " + packed.length + " bytes");
    }
    return ByteBuffer.wrap(packed, 1, packed.length - 1);
  }
}
