package dev.labelloop.activities.label.quality;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;

/**
 * An image whose labels are held against a model.
 *
 * @param labels of people or of an earlier model
 * @param detections of a model that did not learn from these labels
 */
public record AuditedImage(ImageId image, List<LabelledBox> labels, List<Detection> detections) {
  public AuditedImage {
    labels = List.copyOf(labels);
    detections = List.copyOf(detections);
  }
}
