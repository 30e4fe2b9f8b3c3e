package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.errors.ErrorType;
import dev.labelloop.activities.evaluation.errors.WorstPicture;
import dev.labelloop.activities.evaluation.errors.WorstPicture.Found;
import dev.labelloop.activities.evaluation.errors.WorstPicture.Truth;
import dev.labelloop.core.Box;

/**
 * One of the worst pictures, embedded: its objects dashed, its detections in full lines, what is
 * wrong by colour and in words.
 */
final class WorstPictureSvg {
  /** Of the letters on pictures, units of the SVG. */
  private static final double LETTER = 6.2;

  private final EmbeddedPicture embedded;
  private final StringBuilder out = new StringBuilder();

  private WorstPictureSvg(EmbeddedPicture embedded) {
    this.embedded = embedded;
  }

  static String svg(WorstPicture picture, EmbeddedPicture embedded) {
    WorstPictureSvg drawing = new WorstPictureSvg(embedded);
    drawing.out.append(
        drawing.embedded.opening(
            picture.objects().size()
                + " objects and "
                + picture.detections().size()
                + " detections"));
    // What is wrong goes over what is right.
    picture.objects().stream().filter(Truth::found).forEach(drawing::object);
    picture.detections().stream().filter(d -> d.error() == null).forEach(drawing::detection);
    picture.objects().stream().filter(t -> !t.found()).forEach(drawing::object);
    picture.detections().stream().filter(d -> d.error() != null).forEach(drawing::detection);
    return drawing.out.append("</svg>").toString();
  }

  private void object(Truth object) {
    if (object.found()) {
      box("object", object.box(), object.className() + ", found", "", 0);
    } else {
      double y = object.box().bottom() * embedded.scale() - 4;
      box("object missed", object.box(), object.className() + ", not found", object.className(), y);
    }
  }

  private void detection(Found found) {
    ErrorType error = found.error();
    String what = Html.format("%s %.2f", found.className(), found.confidence());
    if (error == null) {
      box("right", found.box(), what + ", right", "", 0);
    } else {
      String word = ErrorWords.name(error);
      box(word, found.box(), what + ", " + word, what, found.box().y() * embedded.scale() + 12);
    }
  }

  private void box(String css, Box box, String title, String words, double y) {
    out.append("<g class=\"")
        .append(css)
        .append("\">")
        .append("<title>")
        .append(Html.escape(title))
        .append("</title>")
        .append(embedded.rectangle(box));
    if (!words.isEmpty()) {
      double most = embedded.width() - LETTER * words.length();
      out.append(
          Html.format(
              "<text x=\"%.1f\" y=\"%.1f\">%s</text>",
              Math.max(2, Math.min(box.x() * embedded.scale() + 3, most)),
              Math.max(11, Math.min(y, embedded.height() - 4)),
              Html.escape(words)));
    }
    out.append("</g>");
  }
}
