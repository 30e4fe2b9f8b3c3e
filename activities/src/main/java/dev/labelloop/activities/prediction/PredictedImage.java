package dev.labelloop.activities.prediction;

import dev.labelloop.core.ImageId;
import dev.labelloop.prediction.Detection;
import java.util.List;

/** What a round's model found in an image, before anyone looked. */
public record PredictedImage(ImageId image, List<Detection> detections) {
  public PredictedImage {
    detections = List.copyOf(detections);
  }
}
