package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.CampaignReport.Worst;
import dev.labelloop.activities.evaluation.errors.Calibration;
import dev.labelloop.activities.evaluation.errors.Calibration.OfClass;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.errors.ErrorType;
import dev.labelloop.activities.evaluation.errors.Thresholds;
import dev.labelloop.activities.evaluation.errors.WorstPicture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** The part of the report that tells why the champion fails. */
final class ErrorSection {
  /** Classes in the table of calibration, the worst first. */
  private static final int MOST_CLASSES = 30;

  private final Failures failures;
  private final ErrorAnalysis analysis;
  private final Thresholds thresholds;
  private final StringBuilder out = new StringBuilder();

  private ErrorSection(Failures failures) {
    this.failures = failures;
    analysis = failures.analysis();
    thresholds = analysis.thresholds();
  }

  static String html(Failures failures, List<String> classes, Pictures pictures) {
    ErrorSection section = new ErrorSection(failures);
    section.types();
    section.calibration();
    section.confusion(classes);
    section.pictures(pictures);
    return section.out.toString();
  }

  private void types() {
    add(
        "<h2>Why it fails</h2><p class=\"note\">Of the champion on the holdout: %,d pictures,"
            + " %,d objects, %,d detections.</p><h3>Types of error</h3><p class=\"note\">"
            + "A detection is on an object from IoU %.2f and beside it from %.2f. AP50 now:"
            + " %.3f; each gain is that of mending all errors of one type and no other, over"
            + " detections of any confidence (TIDE).</p>",
        analysis.images(),
        analysis.objects(),
        analysis.detections(),
        thresholds.foregroundIou(),
        thresholds.backgroundIou(),
        analysis.errorTypes().all().ap50());
    out.append(ErrorTypeTables.html(analysis.errorTypes()));
  }

  private void calibration() {
    Calibration calibration = analysis.calibration();
    Double dece = calibration.dece();
    Double laece = calibration.laece();
    out.append("<h3>Does confidence mean what it says?</h3>");
    if (dece == null || laece == null) {
      add("<p class=\"note\">No detection reaches confidence %.2f.</p>", thresholds.shownFrom());
      return;
    }
    add(
        "<p class=\"note\">Over the %,d detections of confidence from %.2f. Bars under the"
            + " diagonal: more confident than right.</p><div class=\"calibration\"><div>"
            + "<p class=\"legend\"><span class=\"precision\">precision at IoU %.2f</span>"
            + "<span class=\"quality\">quality: mean IoU from %.2f, false ones 0</span></p>%s</div>"
            + "<div><dl class=\"figures\"><div><dd>%.3f</dd><dt>D-ECE: precision against"
            + " confidence</dt></div><div><dd>%.3f</dd><dt>LaECE: quality against confidence,"
            + " mean of the classes</dt></div></dl>",
        calibration.detections(),
        thresholds.shownFrom(),
        thresholds.foregroundIou(),
        thresholds.backgroundIou(),
        ReliabilitySvg.svg(calibration.bins()),
        dece,
        laece);
    out.append("<table><thead><tr><th>class</th><th>detections</th><th>D-ECE</th><th>LaECE</th>")
        .append("</tr></thead><tbody>");
    calibration.classes().stream()
        .sorted(Comparator.comparingDouble(OfClass::laece).reversed())
        .limit(MOST_CLASSES)
        .forEach(
            row ->
                add(
                    "<tr><td class=\"text\">%s</td><td>%,d</td><td>%.3f</td><td>%.3f</td></tr>",
                    Html.escape(row.name()), row.detections(), row.dece(), row.laece()));
    out.append("</tbody></table></div></div>");
  }

  private void confusion(List<String> classes) {
    add(
        "<h3>What is taken for what</h3><p class=\"note\">Detections of confidence from %.2f on"
            + " objects from IoU %.2f; <em>background</em>: nothing is there, or it was found"
            + " already.</p>",
        thresholds.shownFrom(), thresholds.foregroundIou());
    out.append(ConfusionTable.html(analysis.confusion(), classes));
  }

  private void pictures(Pictures pictures) {
    add(
        "<h3>The worst pictures (%,d)</h3><p class=\"note\">Detections of confidence from %.2f."
            + " Ranked by what is wrong: 1 for each object not found, the confidence for each false"
            + " detection.</p>",
        failures.worst().size(), thresholds.shownFrom());
    legend();
    out.append("<div class=\"pictures worst\">");
    for (int i = 0; i < failures.worst().size(); i++) {
      Worst worst = failures.worst().get(i);
      add(
          "<figure>%s<figcaption><b>%d</b> %s<br>%s</figcaption></figure>",
          pictures.drawn(worst.file(), on -> WorstPictureSvg.svg(worst.picture(), on)),
          i + 1,
          Html.escape(Objects.toString(worst.file().getFileName())),
          caption(worst.picture()));
    }
    out.append("</div>");
  }

  private void legend() {
    out.append("<p class=\"legend boxes\"><span><i class=\"object\"></i>object, found</span>")
        .append("<span><i class=\"object missed\"></i>object, not found</span>")
        .append("<span><i class=\"right\"></i>right detection</span>");
    for (ErrorType type : EnumSet.complementOf(EnumSet.of(ErrorType.MISSED))) {
      add(
          "<span><i class=\"%s\"></i>%s: %s</span>",
          ErrorWords.name(type), ErrorWords.name(type), ErrorWords.meaning(type));
    }
    out.append("</p>");
  }

  private static String caption(WorstPicture picture) {
    List<String> words = new ArrayList<>();
    long missed = picture.objects().stream().filter(object -> !object.found()).count();
    if (missed > 0) {
      words.add(missed + " not found");
    }
    for (ErrorType type : ErrorType.values()) {
      long count = picture.detections().stream().filter(d -> d.error() == type).count();
      if (count > 0) {
        words.add(count + " " + ErrorWords.name(type));
      }
    }
    return Html.format("%s; weight %.2f", String.join(", ", words), picture.weight());
  }

  private void add(String pattern, Object... values) {
    out.append(Html.format(pattern, values));
  }
}
