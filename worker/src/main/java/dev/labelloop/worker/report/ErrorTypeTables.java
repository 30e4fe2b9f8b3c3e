package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.errors.ErrorType;
import dev.labelloop.activities.evaluation.errors.ErrorTypes;
import dev.labelloop.activities.evaluation.errors.ErrorTypes.Slice;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What each type of error costs, in all, by size and by class. */
final class ErrorTypeTables {
  /** Rows by class, the worst first: what fits on a screen. The rest is in the JSON. */
  private static final int MOST_CLASSES = 30;

  private final StringBuilder out = new StringBuilder();

  private ErrorTypeTables() {}

  static String html(ErrorTypes types) {
    ErrorTypeTables tables = new ErrorTypeTables();
    tables.types(types);
    tables.slices("size of object", types.sizes());
    List<Slice> worst =
        types.classes().stream()
            .sorted(Comparator.comparingDouble(Slice::ap50))
            .limit(MOST_CLASSES)
            .toList();
    tables.slices(
        worst.size() < types.classes().size()
            ? Html.format("class, %d lowest of %,d", worst.size(), types.classes().size())
            : "class",
        worst);
    return tables.out.toString();
  }

  private void types(ErrorTypes types) {
    double most = most(List.of(types.all()));
    out.append("<table class=\"types\"><thead><tr><th>type</th><th class=\"text\">a detection</th>")
        .append("<th>errors</th><th class=\"text\">AP50 gained if mended</th></tr></thead><tbody>");
    for (ErrorType type : ErrorType.values()) {
      double gain = gain(types.all(), type);
      out.append(
          Html.format(
              "<tr><td class=\"text\"><i class=\"%s\"></i>%s</td><td class=\"text\">%s</td>"
                  + "<td>%,d</td><td class=\"text\"><b>%s</b><span class=\"gain\" style=\"width:%.0f%%\"></span></td></tr>",
              ErrorWords.name(type),
              ErrorWords.name(type),
              ErrorWords.meaning(type),
              Objects.requireNonNullElse(types.counts().get(type), 0),
              signed(gain),
              60 * Math.max(0, gain) / most));
    }
    out.append("</tbody></table>");
  }

  private void slices(String by, List<Slice> slices) {
    if (slices.isEmpty()) {
      return;
    }
    double most = most(slices);
    out.append("<div class=\"wide\"><table class=\"slices\"><thead><tr><th>")
        .append(by)
        .append("</th><th>objects</th><th>AP50</th>");
    for (ErrorType type : ErrorType.values()) {
      out.append("<th>").append(ErrorWords.name(type)).append("</th>");
    }
    out.append("</tr></thead><tbody>");
    for (Slice slice : slices) {
      out.append(
          Html.format(
              "<tr><td class=\"text\">%s</td><td>%,d</td><td>%.3f</td>",
              Html.escape(slice.name()), slice.objects(), slice.ap50()));
      for (ErrorType type : ErrorType.values()) {
        double gain = gain(slice, type);
        out.append(
            Html.format(
                "<td class=\"shade\" style=\"--s:%.2f\">%s</td>",
                Math.max(0, gain) / most, signed(gain)));
      }
      out.append("</tr>");
    }
    out.append("</tbody></table></div>");
  }

  private static double gain(Slice slice, ErrorType type) {
    return Objects.requireNonNullElse(slice.gains().get(type), 0.0);
  }

  /** The greatest gain, what bars and shades are relative to. */
  private static double most(List<Slice> slices) {
    return slices.stream()
        .flatMap(slice -> slice.gains().values().stream())
        .mapToDouble(gain -> gain)
        .filter(gain -> gain > 0)
        .max()
        .orElse(1);
  }

  /** With its sign; what rounds to nothing is a dash. */
  private static String signed(double gain) {
    return Math.abs(gain) < 0.0005 ? "–" : Html.format("%+.3f", gain).replace('-', '−');
  }
}
