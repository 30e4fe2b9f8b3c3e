package dev.labelloop.worker.page;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A picture: what is there, and what a model makes of it. Unless it is a photo, plain things are
 * drawn on a shaded ground.
 *
 * @param file its name, which ends in {@code .png} or {@code .jpg}
 * @param width pixels
 * @param height pixels
 * @param truth what is drawn, each thing filling its box
 * @param proposals what the model sees, least certain or not in any order
 * @param photo the file that it is; null: it is drawn
 */
record Picture(
    String file,
    int width,
    int height,
    List<LabelledBox> truth,
    List<Detection> proposals,
    @Nullable Path photo) {
  private static final Color[] COLOURS = {
    new Color(0xc0392b), new Color(0x2471a3), new Color(0x1e8449), new Color(0x7d3c98)
  };

  Picture {
    truth = List.copyOf(truth);
    proposals = List.copyOf(proposals);
  }

  static Picture of(String file, int width, int height) {
    return new Picture(file, width, height, List.of(), List.of(), null);
  }

  /** The same, of which a model sees this. */
  Picture seen(List<Detection> by) {
    return new Picture(file, width, height, truth, by, photo);
  }

  /** One thing more, which the model sees exactly where it is. */
  Picture with(int classIndex, double confidence, double x, double y, double w, double h) {
    return drawn(classIndex, x, y, w, h).seen(classIndex, confidence, x, y, w, h);
  }

  /** One thing more, which the model does not see. */
  Picture drawn(int classIndex, double x, double y, double w, double h) {
    List<LabelledBox> more = new ArrayList<>(truth);
    more.add(new LabelledBox(new Box(x, y, w, h), classIndex));
    return new Picture(file, width, height, more, proposals, photo);
  }

  /** One box more that the model sees, whether or not a thing is there. */
  Picture seen(int classIndex, double confidence, double x, double y, double w, double h) {
    List<Detection> more = new ArrayList<>(proposals);
    more.add(new Detection(new Box(x, y, w, h), classIndex, confidence));
    return new Picture(file, width, height, truth, more, photo);
  }

  /** Mean confidence of what the model sees; 0 for nothing. */
  double certainty() {
    return proposals.stream().mapToDouble(Detection::confidence).average().orElse(0);
  }

  /** Puts it into a folder. */
  void write(Path folder) throws IOException {
    if (photo == null) {
      draw(folder);
    } else {
      Files.copy(photo, folder.resolve(file));
    }
  }

  private void draw(Path folder) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    // Of its own, for the id of an image is that of its bytes.
    int shade = Math.floorMod(file.hashCode(), 40);
    pen.setPaint(
        new GradientPaint(
            0, 0, new Color(190, 200 - shade, 205), width, height, new Color(90, 110, 90 + shade)));
    pen.fillRect(0, 0, width, height);
    pen.setColor(new Color(file.hashCode() & 0xffffff));
    pen.fillRect(0, 0, 1, 1);
    for (LabelledBox thing : truth) {
      Box box = thing.box();
      pen.setColor(COLOURS[thing.classIndex() % COLOURS.length]);
      pen.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
    }
    pen.dispose();
    String format = file.substring(file.lastIndexOf('.') + 1);
    if (!ImageIO.write(image, format, folder.resolve(file).toFile())) {
      throw new IOException("this Java cannot write " + format);
    }
  }
}
