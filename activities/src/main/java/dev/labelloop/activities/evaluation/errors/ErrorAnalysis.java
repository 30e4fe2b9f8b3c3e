package dev.labelloop.activities.evaluation.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a model fails on a holdout.
 *
 * @param images in the holdout
 * @param objects in the holdout
 * @param detections of any confidence
 * @param worst the worst pictures, the worst first, at most {@link WorstPicture#MOST}
 */
public record ErrorAnalysis(
    int images,
    int objects,
    int detections,
    Thresholds thresholds,
    ErrorTypes errorTypes,
    Calibration calibration,
    ConfusionMatrix confusion,
    List<WorstPicture> worst) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * Analyses detections on a holdout; the order of the maps does not matter.
   *
   * @param truth boxes of every holdout image; empty lists for images of background
   * @param detections by image of {@code truth}; images may be absent
   * @param classes the campaign's class list
   */
  public static ErrorAnalysis of(
      Map<ImageId, List<LabelledBox>> truth,
      Map<ImageId, List<Detection>> detections,
      List<String> classes) {
    Map<ImageId, ImageErrors> images = new TreeMap<>();
    Map<ImageId, ImageErrors> shown = new TreeMap<>();
    truth.forEach(
        (id, objects) -> {
          List<Detection> found = detections.getOrDefault(id, List.of());
          images.put(id, ImageErrors.of(objects, found));
          shown.put(id, ImageErrors.of(objects, found.stream().filter(Detection::shown).toList()));
        });
    return new ErrorAnalysis(
        truth.size(),
        truth.values().stream().mapToInt(List::size).sum(),
        detections.values().stream().mapToInt(List::size).sum(),
        Thresholds.USED,
        ErrorTypes.of(images, classes),
        Calibration.of(shown, classes),
        ConfusionMatrix.of(shown.values(), classes),
        WorstPicture.of(shown, classes));
  }

  /** The analysis as a JSON object. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an analysis is plain data", e);
    }
  }

  /** The analysis of a stored text. */
  public static ErrorAnalysis read(String json) {
    try {
      return JSON.readValue(json, ErrorAnalysis.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored error analysis cannot be read", e);
    }
  }
}
