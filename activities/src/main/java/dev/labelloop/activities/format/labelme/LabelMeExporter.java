package dev.labelloop.activities.format.labelme;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.OutputFolder;
import dev.labelloop.core.Box;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes LabelMe files, to be laid over the image folder: each image's JSON file lies beside it.
 *
 * <p>Boxes are cut at the image's edges. There is no place for scores or a list of classes; regions
 * to be ignored would be objects and are left out.
 */
public final class LabelMeExporter implements LabelExporter {
  /** Of the files, as LabelMe 5 writes it; it reads every later and many an earlier one. */
  private static final String VERSION = "5.0.1";

  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String name() {
    return "labelme";
  }

  /** Writes the folder, which must not be there yet or be empty. */
  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFolder.write(
        target,
        folder -> {
          while (images.hasNext()) {
            ImageLabels image = images.next();
            String file = ImagePaths.withEnding(image.path(), ".json");
            folder.file(file, image.path(), out -> write(out, classes, image));
          }
        });
  }

  private static void write(OutputStream out, ClassTable classes, ImageLabels image)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("version", VERSION);
      json.writeObjectFieldStart("flags");
      json.writeEndObject();
      json.writeArrayFieldStart("shapes");
      for (BoxLabel label : image.objects()) {
        writeShape(json, classes.name(label.classIndex()), label.box());
      }
      json.writeEndArray();
      json.writeStringField("imagePath", image.path().substring(image.path().lastIndexOf('/') + 1));
      json.writeNullField("imageData");
      json.writeNumberField("imageHeight", image.height());
      json.writeNumberField("imageWidth", image.width());
      json.writeEndObject();
    }
  }

  private static void writeShape(JsonGenerator json, String className, Box box) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", className);
    json.writeArrayFieldStart("points");
    json.writeArray(new double[] {box.x(), box.y()}, 0, 2);
    json.writeArray(new double[] {box.right(), box.bottom()}, 0, 2);
    json.writeEndArray();
    json.writeNullField("group_id");
    json.writeStringField("shape_type", "rectangle");
    json.writeObjectFieldStart("flags");
    json.writeEndObject();
    json.writeEndObject();
  }
}
