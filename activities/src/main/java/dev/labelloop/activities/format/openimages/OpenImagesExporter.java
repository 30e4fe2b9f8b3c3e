package dev.labelloop.activities.format.openimages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.OutputFolder;
import dev.labelloop.activities.format.csv.CsvFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes Open Images' files of boxes, classes and images.
 *
 * <p>An {@code ImageID} is the image's path without its ending, which for images in no folder is
 * what Open Images writes. Boxes are cut at the image's edges. Regions to be ignored are groups.
 * Whether an object is occluded, truncated, depicted or seen from inside is not known: -1.
 */
public final class OpenImagesExporter implements LabelExporter {
  private static final String UNKNOWN = "-1";

  @Override
  public String name() {
    return "openimages";
  }

  /** Writes the folder, which must not be there yet or be empty. */
  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFolder.write(
        target,
        folder -> {
          folder.file(
              OpenImagesFormat.CLASSES,
              "",
              out -> {
                for (String name : classes.names()) {
                  write(out, CsvFile.row(name, name));
                }
              });
          folder.file(
              OpenImagesFormat.IMAGES,
              "",
              ids ->
                  folder.file(
                      OpenImagesFormat.BOXES, "", boxes -> writeAll(ids, boxes, classes, images)));
        });
  }

  private static void writeAll(
      OutputStream ids, OutputStream boxes, ClassTable classes, Iterator<ImageLabels> images)
      throws IOException {
    Map<String, String> owners = new HashMap<>();
    write(ids, CsvFile.row(OpenImagesFormat.IMAGE_ID));
    write(boxes, CsvFile.row(OpenImagesFormat.BOX_COLUMNS.toArray()));
    while (images.hasNext()) {
      ImageLabels image = images.next();
      String id = ImagePaths.withEnding(image.path(), "");
      String other = owners.put(id, image.path());
      if (other != null) {
        throw new IllegalArgumentException(
            "images '"
                + other
                + "' and '"
                + image.path()
                + "' share one ImageID, "
                + id
                + ": rename one of them");
      }
      write(ids, CsvFile.row(id));
      for (BoxLabel label : image.visible()) {
        write(boxes, box(id, classes.name(label.classIndex()), label, image));
      }
    }
  }

  private static String box(String id, String className, BoxLabel label, ImageLabels image) {
    return CsvFile.row(
        id,
        "labelloop",
        className,
        Numbers.text(label.score() == null ? 1 : label.score()),
        Numbers.text(label.box().x() / image.width()),
        Numbers.text(label.box().right() / image.width()),
        Numbers.text(label.box().y() / image.height()),
        Numbers.text(label.box().bottom() / image.height()),
        UNKNOWN,
        UNKNOWN,
        label.ignore() ? "1" : "0",
        UNKNOWN,
        UNKNOWN);
  }

  private static void write(OutputStream out, String row) throws IOException {
    out.write(row.getBytes(UTF_8));
  }
}
