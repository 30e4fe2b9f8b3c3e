package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.errors.Calibration.Bin;
import java.util.List;

/**
 * The reliability diagram: what was seen against what confidence says, and below it how many
 * detections each bin holds. On the diagonal confidence means what it says.
 */
final class ReliabilitySvg {
  private static final int WIDTH = 480;
  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int SIDE = WIDTH - LEFT - RIGHT;
  private static final int GAP = 10;
  private static final int COUNTS = 56;
  private static final int HEIGHT = TOP + SIDE + GAP + COUNTS + 40;

  private final List<Bin> bins;
  private final int most;
  private final StringBuilder out = new StringBuilder();

  private ReliabilitySvg(List<Bin> bins) {
    this.bins = bins;
    most = bins.stream().mapToInt(Bin::detections).max().orElse(1);
  }

  static String svg(List<Bin> bins) {
    return new ReliabilitySvg(bins).draw();
  }

  private String draw() {
    add(
        "<svg class=\"reliability\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"precision and quality against confidence\">",
        WIDTH, HEIGHT);
    for (int i = 0; i <= 5; i++) {
      grid(i / 5.0);
    }
    bins.forEach(this::bin);
    add(
        "<line class=\"ideal\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        x(0), y(0), x(1), y(1));
    bins.forEach(
        bin ->
            add(
                "<circle class=\"quality\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\">"
                    + "<title>%s: quality %.2f</title></circle>",
                (x(bin.from()) + x(bin.to())) / 2, y(bin.quality()), range(bin), bin.quality()));
    add(
        "<text class=\"axis\" x=\"%d\" y=\"%d\">confidence; below, detections (at most %,d)</text>",
        LEFT + SIDE / 2, HEIGHT - 6, most);
    return out.append("</svg>").toString();
  }

  private void grid(double value) {
    add(
        "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
            + "<text class=\"tick y\" x=\"%d\" y=\"%.1f\">%.1f</text>"
            + "<text class=\"tick x\" x=\"%.1f\" y=\"%d\">%.1f</text>",
        LEFT,
        LEFT + SIDE,
        y(value),
        y(value),
        LEFT - 6,
        y(value) + 4,
        value,
        x(value),
        HEIGHT - 24,
        value);
  }

  private void bin(Bin bin) {
    double left = x(bin.from()) + 1;
    double width = x(bin.to()) - x(bin.from()) - 2;
    double tall = (double) bin.detections() / most * COUNTS;
    add(
        "<rect class=\"precision\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
            + "<title>%s: precision %.2f, %,d detections</title></rect>"
            + "<rect class=\"count\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        left,
        y(bin.precision()),
        width,
        y(0) - y(bin.precision()),
        range(bin),
        bin.precision(),
        bin.detections(),
        left,
        (double) TOP + SIDE + GAP + COUNTS - tall,
        width,
        tall);
  }

  private static String range(Bin bin) {
    return Html.format("confidence %.2f to %.2f", bin.from(), bin.to());
  }

  private static double x(double value) {
    return LEFT + value * SIDE;
  }

  private static double y(double value) {
    return TOP + (1 - value) * SIDE;
  }

  private void add(String pattern, Object... values) {
    out.append(Html.format(pattern, values));
  }
}
