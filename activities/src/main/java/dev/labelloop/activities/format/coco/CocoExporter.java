package dev.labelloop.activities.format.coco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes a COCO detection file.
 *
 * <p>Images and annotations are numbered from 1 in the order they come, because pycocotools takes
 * an id of 0 as "not matched". Boxes are cut at the image's edges. A score, where there is one,
 * stands in its annotation, as CVAT and Datumaro read and write it.
 */
public final class CocoExporter implements LabelExporter {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String name() {
    return "coco";
  }

  @Override
  public String ending() {
    return ".json";
  }

  /** Writes one file; annotations wait in a second file, since COCO wants them in one list. */
  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFile.write(
        target,
        out -> {
          Path annotations = Files.createTempFile("labels-", ".json");
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            writeCategories(json, classes);
            json.writeArrayFieldStart("images");
            try (JsonGenerator boxes = JSON.createGenerator(Files.newOutputStream(annotations))) {
              boxes.writeStartArray();
              writeImages(json, boxes, classes, images);
              boxes.writeEndArray();
            }
            json.writeEndArray();
            json.writeFieldName("annotations");
            json.writeRawValue(""); // the colon, and the generator knows that a value is there
            json.flush();
            Files.copy(annotations, out);
            json.writeEndObject();
            json.writeRaw('\n');
          } finally {
            Files.deleteIfExists(annotations);
          }
        });
  }

  private static void writeCategories(JsonGenerator json, ClassTable classes) throws IOException {
    json.writeArrayFieldStart("categories");
    for (int i = 0; i < classes.entries().size(); i++) {
      json.writeStartObject();
      json.writeNumberField("id", CocoIds.category(classes, i));
      json.writeStringField("name", classes.name(i));
      json.writeStringField("supercategory", "");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeImages(
      JsonGenerator head, JsonGenerator boxes, ClassTable classes, Iterator<ImageLabels> images)
      throws IOException {
    long imageId = 0;
    long annotationId = 0;
    while (images.hasNext()) {
      ImageLabels image = images.next();
      imageId++;
      head.writeStartObject();
      head.writeNumberField("id", imageId);
      head.writeStringField("file_name", image.path());
      head.writeNumberField("width", image.width());
      head.writeNumberField("height", image.height());
      head.writeEndObject();
      for (BoxLabel label : image.visible()) {
        annotationId++;
        writeAnnotation(boxes, annotationId, imageId, classes, label);
      }
    }
  }

  private static void writeAnnotation(
      JsonGenerator json, long id, long imageId, ClassTable classes, BoxLabel label)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeNumberField("image_id", imageId);
    json.writeNumberField("category_id", CocoIds.category(classes, label.classIndex()));
    CocoIds.writeBox(json, label.box());
    json.writeNumberField("area", label.box().area());
    json.writeNumberField("iscrowd", label.ignore() ? 1 : 0);
    json.writeArrayFieldStart("segmentation");
    json.writeEndArray();
    if (label.score() != null) {
      json.writeNumberField("score", label.score());
    }
    json.writeEndObject();
  }
}
