package dev.labelloop.activities.format.yolo;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.OutputFile;
import dev.labelloop.activities.format.OutputFolder;
import dev.labelloop.core.Box;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes a YOLO folder: one text file an image, one line a box: class, centre x, centre y, width,
 * height, as shares of the image.
 *
 * <p>Images are not copied: put them, or a link to their folder, beside the labels as {@code
 * images}. An image without boxes gets an empty file. Boxes are cut at the edge, because a trainer
 * drops a whole image for one value above 1.01; regions to be ignored cannot be said and are left
 * out.
 */
public final class YoloExporter implements LabelExporter {
  /** A box comes back within 0.001 pixels even where an image is 50,000 pixels wide. */
  private static final int DECIMALS = 8;

  private final boolean scores;

  private YoloExporter(boolean scores) {
    this.scores = scores;
  }

  /** Labels for training: five columns. */
  public static YoloExporter labels() {
    return new YoloExporter(false);
  }

  /** Detections: a sixth column with the score, which trainers refuse and other tools read. */
  public static YoloExporter detections() {
    return new YoloExporter(true);
  }

  @Override
  public String name() {
    return scores ? "yolo-scores" : "yolo";
  }

  /** Writes {@code data.yaml} and a folder {@code labels}, which must not be there yet. */
  @Override
  public void export(ClassTable classes, Iterator<ImageLabels> images, Path target) {
    OutputFolder.write(
        target.resolve("labels"),
        folder -> {
          while (images.hasNext()) {
            ImageLabels image = images.next();
            String name = YoloFormat.labelFile(YoloFormat.IMAGES + image.path());
            folder.file(
                name.substring(YoloFormat.LABELS.length()),
                image.path(),
                out -> out.write(lines(image).getBytes(StandardCharsets.UTF_8)));
          }
          OutputFile.write(
              target.resolve(YoloFormat.DATA),
              out -> out.write(data(classes).getBytes(StandardCharsets.UTF_8)));
        });
  }

  private String lines(ImageLabels image) {
    StringBuilder text = new StringBuilder();
    ImageSize size = new ImageSize(image.width(), image.height());
    for (BoxLabel label : image.boxes()) {
      if (!label.ignore()) {
        BoxChecks.cut(label.box(), size).ifPresent(box -> line(text, label, box, size));
      }
    }
    return text.toString();
  }

  private void line(StringBuilder text, BoxLabel label, Box box, ImageSize size) {
    text.append(label.classIndex());
    number(text, (box.x() + box.width() / 2) / size.width());
    number(text, (box.y() + box.height() / 2) / size.height());
    number(text, box.width() / size.width());
    number(text, box.height() / size.height());
    if (scores && label.score() != null) {
      number(text, label.score());
    }
    text.append('\n');
  }

  private static void number(StringBuilder text, double value) {
    text.append(' ')
        .append(
            BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString());
  }

  /** Trainers want a folder to validate on; which images those are is for the reader to say. */
  private static String data(ClassTable classes) {
    StringBuilder yaml = new StringBuilder("path: .\ntrain: images\nval: images\nnames:\n");
    for (int i = 0; i < classes.entries().size(); i++) {
      yaml.append("  ")
          .append(i)
          .append(": \"")
          .append(JsonStringEncoder.getInstance().quoteAsString(classes.name(i)))
          .append("\"\n");
    }
    return yaml.toString();
  }
}
