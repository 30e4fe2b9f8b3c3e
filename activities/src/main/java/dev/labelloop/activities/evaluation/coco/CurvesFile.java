package dev.labelloop.activities.evaluation.coco;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The precision-recall curves of all classes as JSON, over all sizes and at the largest limit of
 * detections: {@code iou} and {@code recall} are the axes; each of {@code classes} has {@code
 * precision} and {@code score}, lists by IoU of lists by recall. A precision is the best at that
 * recall or beyond, a score that of the detection which reaches the recall: both are 0 where none
 * does, and absent for a class without boxes that count.
 */
final class CurvesFile {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final CocoArrays arrays;

  private CurvesFile(JsonGenerator json, CocoArrays arrays) {
    this.json = json;
    this.arrays = arrays;
  }

  static void write(Path file, GroundTruth truth, CocoArrays arrays) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      new CurvesFile(json, arrays).write(truth);
    }
  }

  private void write(GroundTruth truth) throws IOException {
    Protocol protocol = arrays.protocol;
    double[] iou = new double[protocol.thresholds()];
    for (int t = 0; t < iou.length; t++) {
      iou[t] = protocol.threshold(t);
    }
    double[] recall = new double[Protocol.RECALL_POINTS];
    for (int r = 0; r < recall.length; r++) {
      recall[r] = Protocol.recall(r);
    }
    json.writeStartObject();
    write("iou", iou);
    write("recall", recall);
    json.writeNumberField("maxDetections", protocol.mostDetections());
    json.writeArrayFieldStart("classes");
    for (int k = 0; k < truth.categories(); k++) {
      json.writeStartObject();
      json.writeNumberField("id", truth.categoryId(k));
      json.writeStringField("name", truth.categoryName(k));
      if (arrays.precision[cell(0, 0, k)] != CocoResult.UNDEFINED) {
        write("precision", arrays.precision, k);
        write("score", arrays.scores, k);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(String name, double[] values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  private void write(String name, double[] array, int category) throws IOException {
    double[] curve = new double[Protocol.RECALL_POINTS];
    json.writeArrayFieldStart(name);
    for (int t = 0; t < arrays.protocol.thresholds(); t++) {
      for (int r = 0; r < curve.length; r++) {
        curve[r] = array[cell(t, r, category)];
      }
      json.writeArray(curve, 0, curve.length);
    }
    json.writeEndArray();
  }

  private int cell(int threshold, int point, int category) {
    return arrays.cell(threshold, point, category, 0, arrays.protocol.limits() - 1);
  }
}
