package dev.labelloop.activities.format.sagemaker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a manifest as Ground Truth's bounding box jobs do, an image a line.
 *
 * <p>A {@code source-ref} is the image's path alone, since the bucket is not known here. Boxes are
 * cut at the image's edges and not rounded. An image on which any box has a score counts as drawn
 * by a model. Regions to be ignored would be objects and are left out.
 */
public final class SageMakerExporter implements LabelExporter {
  private static final String LABELS = "boxes";

  /** The time is not told; so every job that adjusts these labels is newer. */
  private static final String NO_TIME = "1970-01-01T00:00:00";

  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String name() {
    return "sagemaker";
  }

  @Override
  public String ending() {
    return ".manifest";
  }

  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFile.write(
        target,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            while (images.hasNext()) {
              writeLine(json, classes, images.next());
            }
            json.writeRaw('\n');
          }
        });
  }

  private static void writeLine(JsonGenerator json, ClassTable classes, ImageLabels image)
      throws IOException {
    List<BoxLabel> boxes = image.objects();
    json.writeStartObject();
    json.writeStringField("source-ref", image.path());
    json.writeObjectFieldStart(LABELS);
    json.writeArrayFieldStart("image_size");
    json.writeStartObject();
    json.writeNumberField("width", image.width());
    json.writeNumberField("height", image.height());
    json.writeNumberField("depth", 3);
    json.writeEndObject();
    json.writeEndArray();
    json.writeArrayFieldStart("annotations");
    for (BoxLabel label : boxes) {
      json.writeStartObject();
      json.writeNumberField("class_id", classes.entries().get(label.classIndex()).id());
      writeNumber(json, "left", label.box().x());
      writeNumber(json, "top", label.box().y());
      writeNumber(json, "width", label.box().width());
      writeNumber(json, "height", label.box().height());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    writeMetadata(json, classes, boxes);
    json.writeEndObject();
  }

  private static void writeMetadata(JsonGenerator json, ClassTable classes, List<BoxLabel> boxes)
      throws IOException {
    json.writeObjectFieldStart(LABELS + ManifestLine.METADATA);
    json.writeArrayFieldStart("objects");
    for (BoxLabel label : boxes) {
      json.writeStartObject();
      writeNumber(json, "confidence", label.score() == null ? 0 : label.score());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("class-map");
    for (ClassTable.Entry entry : classes.entries()) {
      json.writeStringField(String.valueOf(entry.id()), entry.name());
    }
    json.writeEndObject();
    json.writeStringField("type", ManifestLine.TYPE);
    boolean scored = boxes.stream().anyMatch(label -> label.score() != null);
    json.writeStringField("human-annotated", scored ? "no" : "yes");
    json.writeStringField("creation-date", NO_TIME);
    json.writeStringField("job-name", "labelloop");
    json.writeEndObject();
  }

  /** Ground Truth's own numbers are whole; those that are stay so. */
  private static void writeNumber(JsonGenerator json, String field, double value)
      throws IOException {
    json.writeFieldName(field);
    json.writeNumber(Numbers.text(value));
  }
}
