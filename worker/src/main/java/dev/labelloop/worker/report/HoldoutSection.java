package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.HoldoutReport;
import dev.labelloop.activities.evaluation.HoldoutReport.Audit;
import dev.labelloop.activities.evaluation.HoldoutReport.Named;
import dev.labelloop.activities.evaluation.HoldoutReport.Pair;
import dev.labelloop.activities.evaluation.HoldoutReport.Suspicious;
import dev.labelloop.core.Box;
import java.util.function.BiFunction;

/** The part of the report that tells whether the holdout can be trusted. */
final class HoldoutSection {
  /** Pairs that are shown as pictures; the table has more. */
  private static final int SHOWN_PAIRS = 6;

  /** Boxes that are shown on their pictures, and that the table has. */
  private static final int SHOWN_BOXES = 12;

  private static final int LISTED_BOXES = 50;

  private final HoldoutReport holdout;
  private final Pictures pictures;
  private final StringBuilder out = new StringBuilder();

  private HoldoutSection(HoldoutReport holdout, Pictures pictures) {
    this.holdout = holdout;
    this.pictures = pictures;
  }

  /** The section; empty where there is nothing to tell. */
  static String html(HoldoutReport holdout, Pictures pictures) {
    HoldoutSection section = new HoldoutSection(holdout, pictures);
    Audit audit = holdout.audit();
    if (holdout.alike() > 0 || audit != null) {
      section.out.append("<h2>Can the holdout be trusted?</h2>");
      section.pairs();
      if (audit != null) {
        section.audit(audit);
      }
    }
    return section.out.toString();
  }

  private void pairs() {
    add(
        "<h3>Pool images that look like one of it (%,d)</h3><p class=\"note\">%,d of them stay out"
            + " of review and training: a model that has learned from one knows the answer."
            + " Labelled images that the newest training set leaves out for that: %,d.</p>",
        holdout.alike(), holdout.keptOut(), holdout.leftOut());
    if (holdout.pairs().isEmpty()) {
      return;
    }
    out.append("<div class=\"pictures pairs\">");
    holdout.pairs().stream().limit(SHOWN_PAIRS).forEach(this::pictures);
    out.append("</div><table><thead><tr><th>pool</th><th class=\"text\">holdout</th>")
        .append(
            "<th>hash distance, bits of 256</th><th>cosine distance</th><th></th></tr></thead><tbody>");
    for (Pair pair : holdout.pairs()) {
      Double embedding = pair.embeddingDistance();
      add(
          "<tr><td class=\"text\">%s</td><td class=\"text\">%s</td><td>%d</td><td>%s</td>"
              + "<td>%s</td></tr>",
          Html.escape(pair.file()),
          Html.escape(pair.holdoutFile()),
          pair.hashDistance(),
          embedding == null ? "–" : Html.format("%.4f", embedding),
          pair.keptOut() ? "kept out" : "in the pool");
    }
    out.append("</tbody></table>");
  }

  private void pictures(Pair pair) {
    add(
        "<figure>%s%s<figcaption>%s<br>%s</figcaption></figure>",
        picture(pair.file(), HoldoutSection::plain),
        picture(pair.holdoutFile(), HoldoutSection::plain),
        Html.escape(pair.file()),
        Html.escape(pair.holdoutFile()));
  }

  private static String plain(EmbeddedPicture picture, String label) {
    return picture.opening(label) + "</svg>";
  }

  private void audit(Audit audit) {
    add(
        "<h3>Labels of it that may be wrong (%,d)</h3><p class=\"note\">The champion and the"
            + " first model together contradict them; no model learns from them. Nothing has"
            + " changed them: a person may look at them, the most suspicious first. Score: how often"
            + " labels contradict a detection that is as sure; low is suspicious.</p>",
        audit.found());
    if (audit.boxes().isEmpty()) {
      return;
    }
    out.append("<p class=\"legend boxes\"><span><i class=\"object\"></i>label</span>")
        .append("<span><i class=\"location\"></i>what the model would say</span></p>")
        .append("<div class=\"pictures doubted\">");
    audit.boxes().stream().limit(SHOWN_BOXES).forEach(this::figure);
    out.append("</div><table><thead><tr><th>file</th><th class=\"text\">suspicion</th>")
        .append(
            "<th class=\"text\">label</th><th class=\"text\">the model says</th><th>confidence</th><th>score</th></tr></thead><tbody>");
    audit.boxes().stream().limit(LISTED_BOXES).forEach(this::row);
    out.append("</tbody></table>");
  }

  private void figure(Suspicious box) {
    add(
        "<figure>%s<figcaption>%s<br>%s: %s</figcaption></figure>",
        picture(box.file(), (picture, label) -> boxes(picture, label, box)),
        Html.escape(box.file()),
        Html.escape(box.kind()),
        Html.escape(words(box)));
  }

  private static String words(Suspicious box) {
    Named label = box.label();
    String said = box.instead().className();
    return label == null || label.className().equals(said)
        ? said
        : label.className() + ", the model says " + said;
  }

  private static String boxes(EmbeddedPicture picture, String label, Suspicious box) {
    Named labelled = box.label();
    return picture.opening(label)
        + (labelled == null ? "" : group("object", picture.rectangle(labelled.box())))
        + group("location", picture.rectangle(box.instead().box()))
        + "</svg>";
  }

  private static String group(String css, String rectangle) {
    return "<g class=\"" + css + "\">" + rectangle + "</g>";
  }

  private void row(Suspicious box) {
    Named label = box.label();
    add(
        "<tr><td class=\"text\">%s</td><td class=\"text\">%s</td><td class=\"text\">%s</td>"
            + "<td class=\"text\">%s</td><td>%.2f</td><td>%.2f</td></tr>",
        Html.escape(box.file()),
        Html.escape(box.kind()),
        label == null ? "–" : named(label),
        named(box.instead()),
        box.confidence(),
        box.score());
  }

  private static String named(Named named) {
    Box box = named.box();
    return Html.format(
        "%s at (%.0f, %.0f), %.0f × %.0f px",
        Html.escape(named.className()), box.x(), box.y(), box.width(), box.height());
  }

  private String picture(String file, BiFunction<EmbeddedPicture, String, String> drawing) {
    return pictures.drawn(holdout.images().resolve(file), picture -> drawing.apply(picture, file));
  }

  private void add(String pattern, Object... values) {
    out.append(Html.format(pattern, values));
  }
}
