package dev.labelloop.activities.detector;

import dev.labelloop.prediction.Detection;
import java.util.List;

/**
 * What a detector says about one image.
 *
 * @param detections after non-maximum suppression, by falling confidence
 * @param embedding the image's feature vector as IEEE float16 bits, of the same length for all
 *     images of one model
 */
public record Inference(List<Detection> detections, short[] embedding) {}
