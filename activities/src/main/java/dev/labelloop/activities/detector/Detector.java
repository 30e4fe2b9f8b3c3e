package dev.labelloop.activities.detector;

import dev.labelloop.activities.image.RgbImage;
import java.util.List;

/** A loaded model, ready to look at pictures. Safe for use by one thread at a time. */
public interface Detector extends AutoCloseable {
  /** Class names in the order of {@code Detection.classIndex}. */
  List<String> classes();

  /** Looks at the images; one result an image, in their order. */
  List<Inference> detect(List<RgbImage> images);

  @Override
  void close();
}
