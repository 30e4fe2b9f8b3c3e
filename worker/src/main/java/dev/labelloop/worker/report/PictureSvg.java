package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** One labelled picture, embedded, with its boxes drawn as SVG. */
final class PictureSvg {
  /** Longest side of the embedded picture, pixels: sharp in a grid, about 15 KB each. */
  private static final int LONGEST = 320;

  private PictureSvg() {}

  static String svg(Picture picture, RgbImage pixels, List<String> classes) {
    double scale = Math.min(1.0, (double) LONGEST / Math.max(picture.width(), picture.height()));
    int width = Math.max(1, (int) Math.round(picture.width() * scale));
    int height = Math.max(1, (int) Math.round(picture.height() * scale));
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%d boxes by %s\">"
                + "<image width=\"%d\" height=\"%d\" href=\"data:image/jpeg;base64,%s\"/>",
            width,
            height,
            picture.boxes().size(),
            Html.escape(picture.maker()),
            width,
            height,
            jpeg(pixels, width, height)));
    for (LabelledBox box : picture.boxes()) {
      out.append(box(box, scale, classes.get(box.classIndex())));
    }
    return out.append("</svg>").toString();
  }

  private static String box(LabelledBox label, double scale, String name) {
    Box box = label.box();
    return String.format(
        Locale.ROOT,
        "<g class=\"c%d\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
            + "<text x=\"%.1f\" y=\"%.1f\">%s</text></g>",
        label.classIndex() % 8,
        box.x() * scale,
        box.y() * scale,
        box.width() * scale,
        box.height() * scale,
        box.x() * scale + 3,
        box.y() * scale + 12,
        Html.escape(name));
  }

  private static String jpeg(RgbImage pixels, int width, int height) {
    BufferedImage full =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = pixels.rgb();
    int[] row = new int[pixels.width()];
    for (int y = 0, at = 0; y < pixels.height(); y++) {
      for (int x = 0; x < row.length; x++, at += 3) {
        row[x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
      }
      full.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(full, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(small, "jpeg", bytes)) {
        throw new IllegalStateException("this Java runtime cannot write JPEG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
