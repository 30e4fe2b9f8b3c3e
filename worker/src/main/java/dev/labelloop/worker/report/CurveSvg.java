package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport.Round;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The curve of a campaign: mAP and AP50 on the holdout against images that people reviewed. */
final class CurveSvg {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 48;
  private static final int RIGHT = 20;
  private static final int TOP = 16;
  private static final int BOTTOM = 44;

  private final List<Round> rounds;
  private final int most;
  private final double top;

  CurveSvg(List<Round> rounds) {
    this.rounds = rounds;
    this.most = Math.max(1, rounds.stream().mapToInt(Round::imagesReviewed).max().orElse(1));
    double best = rounds.stream().mapToDouble(r -> Math.max(r.map(), r.ap50())).max().orElse(1);
    // The next fifth above the best value, so that small curves are not flat.
    this.top = Math.max(0.2, Math.min(1.0, Math.ceil(best * 5) / 5));
  }

  String svg() {
    StringBuilder out = new StringBuilder();
    out.append(
        format(
            "<svg class=\"curve\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"mAP and AP50 against reviewed images\">",
            WIDTH, HEIGHT));
    grid(out);
    line(out, "ap50", Round::ap50);
    line(out, "map", Round::map);
    out.append(
        format(
            "<text class=\"axis\" x=\"%d\" y=\"%d\">images reviewed by people</text></svg>",
            WIDTH / 2, HEIGHT - 6));
    return out.toString();
  }

  private void grid(StringBuilder out) {
    for (int i = 0; i <= 4; i++) {
      double value = top * i / 4;
      out.append(
          format(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text class=\"tick y\" x=\"%d\" y=\"%.1f\">%.2f</text>",
              LEFT, WIDTH - RIGHT, y(value), y(value), LEFT - 6, y(value) + 4, value));
    }
    for (Round round : rounds) {
      out.append(
          format(
              "<text class=\"tick x\" x=\"%.1f\" y=\"%d\">%d</text>",
              x(round), HEIGHT - BOTTOM + 18, round.imagesReviewed()));
    }
  }

  private void line(StringBuilder out, String name, ToDoubleFunction<Round> value) {
    StringBuilder points = new StringBuilder();
    for (Round round : rounds) {
      points.append(format("%.1f,%.1f ", x(round), y(value.applyAsDouble(round))));
    }
    out.append(format("<polyline class=\"%s\" points=\"%s\"/>", name, points.toString().trim()));
    for (Round round : rounds) {
      double v = value.applyAsDouble(round);
      out.append(
          format(
              "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\">"
                  + "<title>round %d: %s %.3f</title></circle>",
              name, x(round), y(v), round.round(), name.equals("map") ? "mAP" : "AP50", v));
    }
  }

  private double x(Round round) {
    return LEFT + (double) round.imagesReviewed() / most * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
