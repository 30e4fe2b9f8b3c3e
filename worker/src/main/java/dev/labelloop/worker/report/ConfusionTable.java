package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.errors.ConfusionMatrix;
import dev.labelloop.activities.evaluation.errors.ConfusionMatrix.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What objects were taken for: a matrix, or of many classes the most frequent mistakes. */
final class ConfusionTable {
  /** As many classes as a matrix can have and be read on a page. */
  private static final int MOST_CLASSES = 12;

  /** Rows of the list for more classes: a screen. */
  private static final int MOST_MISTAKES = 30;

  private ConfusionTable() {}

  static String html(ConfusionMatrix matrix, List<String> classes) {
    return classes.size() <= MOST_CLASSES ? matrix(matrix.cells(), classes) : list(matrix.cells());
  }

  private static String matrix(List<Cell> cells, List<String> classes) {
    List<@Nullable String> names = new ArrayList<>(classes);
    names.add(null);
    Map<List<@Nullable String>, Integer> counts = new HashMap<>();
    cells.forEach(cell -> counts.put(pair(cell.truth(), cell.found()), cell.count()));
    StringBuilder out = new StringBuilder();
    out.append("<div class=\"wide\"><table class=\"confusion\"><thead><tr><th>object ↓ taken for →")
        .append("</th>");
    names.forEach(name -> out.append("<th>").append(found(name)).append("</th>"));
    out.append("</tr></thead><tbody>");
    for (String truth : names) {
      int all =
          cells.stream()
              .filter(cell -> Objects.equals(cell.truth(), truth))
              .mapToInt(Cell::count)
              .sum();
      out.append("<tr><th>").append(truth(truth)).append("</th>");
      for (String found : names) {
        int count = Objects.requireNonNullElse(counts.get(pair(truth, found)), 0);
        out.append(
            Html.format(
                "<td class=\"shade%s\" style=\"--s:%.2f\">%s</td>",
                truth != null && truth.equals(found) ? " right" : "",
                all == 0 ? 0 : (double) count / all,
                count == 0 ? "" : Html.format("%,d", count)));
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static List<@Nullable String> pair(@Nullable String truth, @Nullable String found) {
    List<@Nullable String> pair = new ArrayList<>();
    pair.add(truth);
    pair.add(found);
    return pair;
  }

  private static String list(List<Cell> cells) {
    StringBuilder out = new StringBuilder();
    out.append("<table class=\"confusion\"><thead><tr><th>object</th><th class=\"text\">taken for")
        .append("</th><th>times</th></tr></thead><tbody>");
    cells.stream()
        .filter(cell -> !Objects.equals(cell.truth(), cell.found()))
        .sorted(Comparator.comparingInt(Cell::count).reversed())
        .limit(MOST_MISTAKES)
        .forEach(
            cell ->
                out.append(
                    Html.format(
                        "<tr><td class=\"text\">%s</td><td class=\"text\">%s</td><td>%,d</td></tr>",
                        truth(cell.truth()), found(cell.found()), cell.count())));
    return out.append("</tbody></table>").toString();
  }

  private static String truth(@Nullable String name) {
    return name == null ? "<em>background</em>" : Html.escape(name);
  }

  private static String found(@Nullable String name) {
    return name == null ? "<em>not found</em>" : Html.escape(name);
  }
}
