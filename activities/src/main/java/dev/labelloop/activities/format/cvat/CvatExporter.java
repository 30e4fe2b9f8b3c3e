package dev.labelloop.activities.format.cvat;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.OutputFile;
import dev.labelloop.activities.format.xml.XmlWriter;
import dev.labelloop.core.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes CVAT XML 1.1, to be uploaded to a task that has these images and these labels.
 *
 * <p>Boxes are cut at the image's edges and written unrounded. A box with a score has the source
 * {@code auto} and the score as an attribute, which CVAT passes over unless its label has it too.
 * Regions to be ignored would be objects there and are left out.
 */
public final class CvatExporter implements LabelExporter {
  @Override
  public String name() {
    return "cvat";
  }

  @Override
  public String ending() {
    return ".xml";
  }

  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFile.write(
        target,
        out -> {
          XmlWriter xml = new XmlWriter(out);
          xml.start("annotations");
          xml.text("version", "1.1");
          writeLabels(xml, classes);
          for (int id = 0; images.hasNext(); id++) {
            writeImage(xml, classes, id, images.next());
          }
          xml.end();
          xml.finish();
        });
  }

  private static void writeLabels(XmlWriter xml, ClassTable classes) throws IOException {
    xml.start("meta");
    xml.start("task");
    xml.start("labels");
    for (String name : classes.names()) {
      xml.start("label");
      xml.text("name", name);
      xml.text("type", "rectangle");
      xml.text("attributes", "");
      xml.end();
    }
    xml.end();
    xml.end();
    xml.end();
  }

  private static void writeImage(XmlWriter xml, ClassTable classes, int id, ImageLabels image)
      throws IOException {
    xml.start(
        "image",
        "id",
        String.valueOf(id),
        "name",
        image.path(),
        "width",
        String.valueOf(image.width()),
        "height",
        String.valueOf(image.height()));
    for (BoxLabel label : image.objects()) {
      writeBox(xml, classes.name(label.classIndex()), label, label.box());
    }
    xml.end();
  }

  private static void writeBox(XmlWriter xml, String className, BoxLabel label, Box box)
      throws IOException {
    xml.start(
        "box",
        "label",
        className,
        "source",
        label.score() == null ? "manual" : "auto",
        "occluded",
        "0",
        "xtl",
        Numbers.text(box.x()),
        "ytl",
        Numbers.text(box.y()),
        "xbr",
        Numbers.text(box.right()),
        "ybr",
        Numbers.text(box.bottom()),
        "z_order",
        "0");
    if (label.score() != null) {
      xml.text("attribute", Numbers.text(label.score()), "name", "score");
    }
    xml.end();
  }
}
