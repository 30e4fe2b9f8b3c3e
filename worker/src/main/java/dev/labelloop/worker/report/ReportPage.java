package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.CampaignReport.Amended;
import dev.labelloop.activities.evaluation.CampaignReport.Doubted;
import dev.labelloop.activities.evaluation.CampaignReport.Origin;
import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.evaluation.CampaignReport.Quarantined;
import dev.labelloop.activities.evaluation.CampaignReport.Round;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.evaluation.Champion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes a campaign's report as one HTML file that needs no network and no script. */
public final class ReportPage {
  private final Pictures pictures;

  /**
   * A writer of reports.
   *
   * @param decoder reads a picture, upright
   */
  public ReportPage(Function<Path, RgbImage> decoder) {
    this.pictures = new Pictures(decoder);
  }

  /** Writes the report, replacing an older one at once and whole. */
  public void write(CampaignReport report, List<StageTime> times, Path file) {
    try {
      Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(temporary, html(report, times));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report " + file + ": free some space", e);
    }
  }

  String html(CampaignReport report, List<StageTime> times) {
    StringBuilder out = new StringBuilder();
    String title = Html.escape(report.campaign());
    out.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>")
        .append(title)
        .append(" · LabelLoop</title><style>")
        .append(style("report.css"))
        .append(style("errors.css"))
        .append("</style></head><body><main><h1>")
        .append(title)
        .append("</h1>");
    summary(out, report);
    if (!report.rounds().isEmpty()) {
      out.append("<h2>Curve</h2><p class=\"legend\"><span class=\"map\">mAP</span> ")
          .append("<span class=\"ap50\">AP50</span> of the champion on the holdout</p>")
          .append(new CurveSvg(report.rounds()).svg());
      rounds(out, report.rounds());
    }
    GateSection.write(out, report);
    if (report.failures() != null) {
      out.append(ErrorSection.html(report.failures(), report.classes(), pictures));
    }
    out.append(HoldoutSection.html(report.holdout(), pictures));
    amendments(out, report.amendments());
    origins(out, report);
    doubted(out, report.doubted());
    pictures(out, report);
    times(out, times);
    quarantine(out, report);
    return out.append("</main></body></html>\n").toString();
  }

  private static void summary(StringBuilder out, CampaignReport report) {
    out.append("<dl class=\"figures\">");
    if (!report.rounds().isEmpty()) {
      Round last = report.rounds().get(report.rounds().size() - 1);
      Champion champion = report.champion();
      if (champion != null) {
        figure(out, format("%.3f", champion.score().map()), "mAP of the champion");
        figure(out, format("%.3f", champion.score().ap50()), "AP50 of the champion");
      }
      figure(
          out,
          format("%,d of %,d", last.imagesReviewed(), report.dataset().poolImages()),
          "pool images reviewed");
      figure(out, format("%,d", last.boxesTouched()), "boxes touched by people");
      figure(out, duration(last.personSeconds()), "of people's work");
    }
    out.append("</dl>");
    if (report.reviewTool().equals("simulated")) {
      out.append("<p class=\"note\">The reviewer was <strong>simulated</strong>: its answers come")
          .append(" from a truth file and its time from a model, not from people.</p>");
    }
  }

  private static void figure(StringBuilder out, String value, String meaning) {
    out.append("<div><dd>").append(value).append("</dd><dt>").append(meaning).append("</dt></div>");
  }

  private static void rounds(StringBuilder out, List<Round> rounds) {
    out.append("<table><thead><tr><th>round</th><th>images reviewed</th><th>boxes touched</th>")
        .append("<th>people's time</th><th>pseudo-labels</th><th>challenger mAP</th>")
        .append("<th>champion mAP</th><th>AP50</th><th></th></tr></thead><tbody>");
    for (Round r : rounds) {
      Double challenger = r.challengerMap();
      out.append(
          format(
              "<tr><td>%d</td><td>%,d</td><td>%,d</td><td>%s</td><td>%,d</td><td>%s</td>"
                  + "<td>%.3f</td><td>%.3f</td><td class=\"text\">%s</td></tr>",
              r.round(),
              r.imagesReviewed(),
              r.boxesTouched(),
              duration(r.personSeconds()),
              r.pseudoBoxes(),
              challenger == null ? "–" : format("%.3f", challenger),
              r.map(),
              r.ap50(),
              Html.escape(story(r))));
    }
    out.append("</tbody></table>");
  }

  private static String story(Round r) {
    if (r.round() == 0) {
      return "initial model";
    }
    String labels = r.labels();
    String promoted = r.promoted() ? "promoted" : "champion kept";
    return labels == null || labels.isEmpty() ? promoted : promoted + "; " + labels;
  }

  private static void amendments(StringBuilder out, List<Amended> amendments) {
    if (amendments.isEmpty()) {
      return;
    }
    out.append("<h2>Amended while it ran</h2><table><thead><tr><th></th><th>when</th>")
        .append("<th>what</th></tr></thead><tbody>");
    for (Amended amended : amendments) {
      out.append(
          format(
              "<tr><td>%d</td><td class=\"text\">%s</td><td class=\"text\">%s</td></tr>",
              amended.number(),
              amended.when().truncatedTo(ChronoUnit.SECONDS),
              Html.escape(amended.what().words())));
    }
    out.append("</tbody></table>");
  }

  private static void origins(StringBuilder out, CampaignReport report) {
    int all = report.origins().stream().mapToInt(Origin::boxes).sum();
    if (all == 0) {
      return;
    }
    out.append("<h2>Where the labels came from</h2><div class=\"bar\">");
    for (Origin origin : report.origins()) {
      out.append(
          format(
              "<span class=\"%s\" style=\"flex:%d\">%.0f %%</span>",
              kind(origin.maker()), origin.boxes(), 100.0 * origin.boxes() / all));
    }
    out.append("</div><table><thead><tr><th>made by</th><th>images</th><th>boxes</th></tr>")
        .append("</thead><tbody>");
    for (Origin origin : report.origins()) {
      out.append(
          format(
              "<tr><td class=\"text\">%s</td><td>%,d</td><td>%,d</td></tr>",
              Html.escape(origin.maker()), origin.images(), origin.boxes()));
    }
    out.append("</tbody></table>");
  }

  private static void doubted(StringBuilder out, List<Doubted> doubted) {
    if (doubted.isEmpty()) {
      return;
    }
    out.append("<h2>Labels in doubt</h2><p>Labels that a model contradicted, and what became of")
        .append(" those that people were asked about again.</p>")
        .append("<table><thead><tr><th>suspicion</th><th>found</th><th>asked again</th>")
        .append("<th>picture corrected</th></tr></thead><tbody>");
    for (Doubted kind : doubted) {
      out.append(
          format(
              "<tr><td class=\"text\">%s</td><td>%,d</td><td>%,d</td><td>%,d</td></tr>",
              Html.escape(kind.kind()), kind.found(), kind.asked(), kind.corrected()));
    }
    out.append("</tbody></table>");
  }

  private static String kind(String maker) {
    return maker.equals("model") ? "model" : "person";
  }

  private void pictures(StringBuilder out, CampaignReport report) {
    if (report.pictures().isEmpty()) {
      return;
    }
    out.append("<h2>Labelled pictures</h2><div class=\"pictures\">");
    for (Picture picture : report.pictures()) {
      out.append("<figure class=\"")
          .append(kind(picture.maker()))
          .append("\">")
          .append(
              pictures.drawn(picture.file(), on -> PictureSvg.svg(picture, on, report.classes())))
          .append("<figcaption>by ")
          .append(Html.escape(picture.maker()))
          .append("</figcaption></figure>");
    }
    out.append("</div>");
  }

  private static void times(StringBuilder out, List<StageTime> times) {
    if (times.isEmpty()) {
      return;
    }
    out.append("<h2>Time by activity</h2><table><thead><tr><th>activity</th><th>runs</th>")
        .append("<th>time</th></tr></thead><tbody>");
    for (StageTime time : times) {
      out.append(
          format(
              "<tr><td class=\"text\">%s</td><td>%,d</td><td>%s</td></tr>",
              Html.escape(time.stage()), time.runs(), duration(time.seconds())));
    }
    out.append("</tbody></table>");
  }

  private static void quarantine(StringBuilder out, CampaignReport report) {
    if (report.quarantine().isEmpty()) {
      return;
    }
    out.append(format("<h2>Files left out (%,d)</h2>", report.dataset().quarantined()))
        .append("<table><thead><tr><th>file</th><th>reason</th></tr></thead><tbody>");
    for (Quarantined file : report.quarantine()) {
      out.append("<tr><td class=\"text\">")
          .append(Html.escape(file.file()))
          .append("</td><td class=\"text\">")
          .append(Html.escape(file.reason()))
          .append("</td></tr>");
    }
    out.append("</tbody></table>");
  }

  /** A time with its unit: 0.4 s, 12 s, 3 min 05 s, 2 h 10 min. */
  static String duration(double seconds) {
    if (seconds < 10) {
      return format("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return format("%d min %02d s", whole / 60, whole % 60);
    }
    return format("%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  private static String style(String name) {
    try (InputStream css = ReportPage.class.getResourceAsStream(name)) {
      if (css == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
