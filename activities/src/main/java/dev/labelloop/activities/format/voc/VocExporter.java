package dev.labelloop.activities.format.voc;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.OutputFile;
import dev.labelloop.activities.format.OutputFolder;
import dev.labelloop.activities.format.xml.XmlWriter;
import dev.labelloop.core.Box;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes a Pascal VOC folder: {@code Annotations} with an XML file an image, {@code labelmap.txt}.
 *
 * <p>Boxes are cut at the image's edges and written unrounded. Regions to be ignored are objects
 * that are {@code difficult}. There is no place for scores, nor for ids of classes: their order is
 * kept in {@code labelmap.txt}.
 */
public final class VocExporter implements LabelExporter {
  private final VocFormat format;

  private VocExporter(VocFormat format) {
    this.format = format;
  }

  /** Coordinates from 0, as most tools write and read them. */
  public static VocExporter fromZero() {
    return new VocExporter(VocFormat.FROM_ZERO);
  }

  /** Coordinates from 1, as in the data set of Pascal VOC itself. */
  public static VocExporter fromOne() {
    return new VocExporter(VocFormat.FROM_ONE);
  }

  @Override
  public String name() {
    return format.title;
  }

  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    String labelMap = labelMap(classes);
    OutputFolder.write(
        target.resolve(VocFormat.ANNOTATIONS),
        folder -> {
          while (images.hasNext()) {
            ImageLabels image = images.next();
            String file = ImagePaths.withEnding(image.path(), ".xml");
            folder.file(file, image.path(), out -> write(out, classes, image));
          }
          OutputFile.write(
              target.resolve(VocFormat.LABEL_MAP),
              out -> out.write(labelMap.getBytes(StandardCharsets.UTF_8)));
        });
  }

  private static String labelMap(ClassTable classes) {
    StringBuilder lines = new StringBuilder(VocFormat.LABEL_MAP_HEAD).append('\n');
    for (String name : classes.names()) {
      if (name.startsWith("#") || name.lines().count() != 1 || !name.strip().equals(name)) {
        throw new IllegalArgumentException(
            "class '" + name + "' cannot stand in a line of labelmap.txt: rename it");
      }
      lines.append(name).append(VocFormat.LABEL_MAP_REST).append('\n');
    }
    return lines.toString();
  }

  private void write(OutputStream out, ClassTable classes, ImageLabels image) throws IOException {
    XmlWriter xml = new XmlWriter(out);
    xml.start("annotation");
    xml.text("filename", image.path());
    xml.start("size");
    xml.text("width", String.valueOf(image.width()));
    xml.text("height", String.valueOf(image.height()));
    xml.text("depth", "3");
    xml.end();
    ImageSize size = new ImageSize(image.width(), image.height());
    for (BoxLabel label : image.boxes()) {
      Box box = BoxChecks.cut(label.box(), size).orElse(null);
      if (box != null) {
        writeObject(xml, classes.name(label.classIndex()), label.ignore(), box);
      }
    }
    xml.end();
    xml.finish();
  }

  private void writeObject(XmlWriter xml, String className, boolean ignore, Box box)
      throws IOException {
    xml.start("object");
    xml.text("name", className);
    xml.text("truncated", "0");
    xml.text("difficult", ignore ? "1" : "0");
    xml.start("bndbox");
    xml.text("xmin", Numbers.text(box.x() + format.first));
    xml.text("ymin", Numbers.text(box.y() + format.first));
    xml.text("xmax", Numbers.text(box.right()));
    xml.text("ymax", Numbers.text(box.bottom()));
    xml.end();
    xml.end();
  }
}
