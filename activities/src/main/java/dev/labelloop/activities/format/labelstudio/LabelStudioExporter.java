package dev.labelloop.activities.format.labelstudio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.OutputFile;
import dev.labelloop.core.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes Label Studio tasks with predictions, to be imported into a project and corrected there.
 *
 * <p>Boxes are in percent of the upright image, from 0 to 100. Label Studio stores wrong values
 * without a word or drops the prediction, so everything is cut to its range here. The project's
 * configuration must have an {@code Image} named {@code image} of the value {@code $image} and
 * {@code RectangleLabels} named {@code box} with these class names. A task's score is the mean of
 * its boxes' scores, 0 without a box: Label Studio shows low ones first.
 */
public final class LabelStudioExporter implements LabelExporter {
  private static final JsonFactory JSON = new JsonFactory();

  private final LabelStudioOptions options;

  /** An exporter with the default options. */
  public LabelStudioExporter() {
    this(LabelStudioOptions.DEFAULT);
  }

  /** An exporter with options of its own. */
  public LabelStudioExporter(LabelStudioOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "labelstudio";
  }

  @Override
  public String ending() {
    return ".json";
  }

  /** Writes one file; regions to be ignored are no objects and are left out. */
  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFile.write(
        target,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            while (images.hasNext()) {
              writeTask(json, classes, images.next());
            }
            json.writeEndArray();
          }
        });
  }

  private void writeTask(JsonGenerator json, ClassTable classes, ImageLabels image)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("data");
    json.writeStringField("image", options.url(image.path()));
    json.writeStringField("path", image.path());
    json.writeNumberField("width", image.width());
    json.writeNumberField("height", image.height());
    json.writeEndObject();
    json.writeArrayFieldStart("predictions");
    json.writeStartObject();
    json.writeStringField("model_version", options.modelVersion());
    json.writeNumberField("score", meanScore(image));
    json.writeArrayFieldStart("result");
    writeRegions(json, classes, image);
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static double meanScore(ImageLabels image) {
    return image.boxes().stream()
        .filter(label -> !label.ignore())
        .mapToDouble(label -> label.score() == null ? 1 : label.score())
        .average()
        .orElse(0);
  }

  private static void writeRegions(JsonGenerator json, ClassTable classes, ImageLabels image)
      throws IOException {
    ImageSize size = new ImageSize(image.width(), image.height());
    int number = 0;
    for (BoxLabel label : image.boxes()) {
      number++;
      Box box = label.ignore() ? null : BoxChecks.cut(label.box(), size).orElse(null);
      if (box != null) {
        writeRegion(json, "b" + number, box, size, classes.name(label.classIndex()), label);
      }
    }
  }

  private static void writeRegion(
      JsonGenerator json, String id, Box box, ImageSize size, String className, BoxLabel label)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("type", "rectanglelabels");
    json.writeStringField("from_name", "box");
    json.writeStringField("to_name", "image");
    json.writeNumberField("original_width", size.width());
    json.writeNumberField("original_height", size.height());
    json.writeNumberField("image_rotation", 0);
    if (label.score() != null) {
      json.writeNumberField("score", label.score());
    }
    json.writeObjectFieldStart("value");
    json.writeNumberField("x", percent(box.x(), size.width()));
    json.writeNumberField("y", percent(box.y(), size.height()));
    json.writeNumberField("width", percent(box.width(), size.width()));
    json.writeNumberField("height", percent(box.height(), size.height()));
    json.writeNumberField("rotation", 0);
    json.writeArrayFieldStart("rectanglelabels");
    json.writeString(className);
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static double percent(double pixels, int side) {
    return Math.max(0, Math.min(100, 100 * pixels / side));
  }
}
