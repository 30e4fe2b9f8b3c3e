package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.gate.ChampionRepository.Change;
import dev.labelloop.activities.evaluation.gate.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why challengers became champions or did not, and which model was champion when. */
final class GateSection {
  /** Enough to tell models apart. */
  private static final int MODEL_DIGITS = 12;

  private GateSection() {}

  static void write(StringBuilder out, CampaignReport report) {
    if (!report.verdicts().isEmpty()) {
      verdicts(out, report.verdicts());
    }
    if (report.champions().size() > 1) {
      champions(out, report.champions());
    }
  }

  private static void verdicts(StringBuilder out, Map<Integer, Verdict> verdicts) {
    double spent = verdicts.values().stream().mapToDouble(Verdict::risk).sum();
    out.append(
            "<h2>Champion against challenger</h2><p>Each challenger met the champion on the same")
        .append(" holdout images, drawn anew with replacement (paired bootstrap). ")
        .append(
            format(
                "The chance that any of these challengers was promoted without exceeding the"
                    + " margin is at most %.2f %%.</p>",
                100 * spent))
        .append("<table><thead><tr><th>round</th><th>gain in mAP</th><th>surely above</th>")
        .append("<th>surely below</th><th>detectable gain</th><th>images</th><th>draws</th>")
        .append("<th>error risk</th><th></th></tr></thead><tbody>");
    verdicts.forEach(
        (round, v) ->
            out.append(
                format(
                    "<tr><td>%d</td><td>%+.4f</td><td>%+.4f</td><td>%+.4f</td><td>%.4f</td>"
                        + "<td>%s</td><td>%,d</td><td>%.2f %%</td><td class=\"text\">%s</td></tr>",
                    round,
                    v.challenger() - v.champion(),
                    v.lower(),
                    v.upper(),
                    v.detectable(),
                    images(v),
                    v.replicates(),
                    100 * v.risk(),
                    Html.escape((v.promoted() ? "promoted: " : "champion kept: ") + v.reason()))));
    out.append("</tbody></table>");
  }

  private static String images(Verdict v) {
    return v.images() == v.clusters()
        ? format("%,d", v.images())
        : format("%,d in %,d clusters", v.images(), v.clusters());
  }

  private static void champions(StringBuilder out, List<Change> champions) {
    out.append("<h2>Champions so far</h2><table><thead><tr><th></th><th>since</th><th>round</th>")
        .append("<th>model</th><th>mAP</th><th>AP50</th><th></th></tr></thead><tbody>");
    for (Change change : champions) {
      out.append(
          format(
              "<tr><td>%d</td><td class=\"text\">%s</td><td>%d</td><td class=\"text\">%s</td>"
                  + "<td>%.3f</td><td>%.3f</td><td class=\"text\">%s</td></tr>",
              change.number(),
              change.when().truncatedTo(ChronoUnit.SECONDS),
              change.round(),
              change.champion().model().value().substring(0, MODEL_DIGITS),
              change.champion().score().map(),
              change.champion().score().ap50(),
              how(change)));
    }
    out.append("</tbody></table>");
  }

  private static String how(Change change) {
    return switch (change.how()) {
      case "INITIAL" -> "initial model";
      case "PROMOTED" -> "promoted";
      default -> "taken back by a person";
    };
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
