package dev.labelloop.activities.selection;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.prediction.Detection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Pools for tests: an image is its confidences. */
final class Pools {
  private Pools() {}

  /** One pool image. */
  record Entry(ImageId image, List<Detection> detections) {}

  /** An image whose id begins with this digit. */
  static ImageId image(char digit) {
    return new ImageId(String.valueOf(digit).repeat(64));
  }

  static Entry entry(ImageId image, double... confidences) {
    List<Detection> detections = new ArrayList<>();
    for (double confidence : confidences) {
      detections.add(new Detection(new Box(1, 2, 3, 4), 0, confidence));
    }
    return new Entry(image, detections);
  }

  static PoolView pool(List<Entry> entries) {
    PoolView.Builder pool = PoolView.builder();
    entries.forEach(e -> pool.add(e.image, e.detections));
    return pool.build();
  }

  static PoolView pool(Entry... entries) {
    return pool(List.of(entries));
  }

  /**
   * Images with 0 to 3 detections of confidence 0, 1/8 ... 7/8, so that many are worth the same.
   */
  static List<Entry> many(int images) {
    return IntStream.range(0, images)
        .mapToObj(
            i -> {
              ImageId id = new ImageId(Sha256.hex(("i" + i).getBytes(StandardCharsets.UTF_8)));
              return entry(
                  id, IntStream.range(0, i % 4).mapToDouble(b -> (i + b) % 8 / 8.0).toArray());
            })
        .toList();
  }

  static List<Entry> shuffled(List<Entry> entries) {
    List<Entry> mixed = new ArrayList<>(entries);
    Collections.shuffle(mixed, new Random(5));
    return mixed;
  }
}
