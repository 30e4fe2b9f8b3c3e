package dev.labelloop.activities.format.coco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes detections as a COCO result list, {@code [{"image_id", "category_id", "bbox", "score"}]}.
 *
 * <p>A result list names images and classes by the ids of a truth file; {@link CocoNumbering} takes
 * them from there. Without one, ids are those that {@link CocoExporter} would give the same images.
 */
public final class CocoResultsExporter implements LabelExporter {
  private static final JsonFactory JSON = new JsonFactory();

  private final CocoNumbering numbering;

  /** Results numbered in the order of the images. */
  public CocoResultsExporter() {
    this(CocoNumbering.byOrder());
  }

  /** Results numbered as in a truth file. */
  public CocoResultsExporter(CocoNumbering numbering) {
    this.numbering = numbering;
  }

  @Override
  public String name() {
    return "coco-results";
  }

  @Override
  public String ending() {
    return ".json";
  }

  /** Writes one file; boxes without a score, and regions to be ignored, are no results. */
  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFile.write(
        target,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (int i = 0; images.hasNext(); i++) {
              ImageLabels image = images.next();
              for (BoxLabel label : image.boxes()) {
                if (label.score() != null && !label.ignore()) {
                  write(json, numbering.image(image.path(), i), classes, label, label.score());
                }
              }
            }
            json.writeEndArray();
          }
        });
  }

  private void write(
      JsonGenerator json, long imageId, ClassTable classes, BoxLabel label, double score)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("image_id", imageId);
    json.writeNumberField("category_id", numbering.category(classes, label.classIndex()));
    CocoIds.writeBox(json, label.box());
    json.writeNumberField("score", score);
    json.writeEndObject();
  }
}
