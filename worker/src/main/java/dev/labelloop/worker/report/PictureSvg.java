package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.label.LabelledBox;
import java.util.List;

/** One labelled picture, embedded, with its boxes drawn as SVG. */
final class PictureSvg {
  private PictureSvg() {}

  static String svg(Picture picture, EmbeddedPicture embedded, List<String> classes) {
    StringBuilder out = new StringBuilder();
    out.append(embedded.opening(picture.boxes().size() + " boxes by " + picture.maker()));
    for (LabelledBox box : picture.boxes()) {
      out.append(
          Html.format(
              "<g class=\"c%d\">%s<text x=\"%.1f\" y=\"%.1f\">%s</text></g>",
              box.classIndex() % 8,
              embedded.rectangle(box.box()),
              box.box().x() * embedded.scale() + 3,
              box.box().y() * embedded.scale() + 12,
              Html.escape(classes.get(box.classIndex()))));
    }
    return out.append("</svg>").toString();
  }
}
