package dev.labelloop.worker.cli;

import dev.labelloop.worker.cli.EvaluateCommand.Answer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of an evaluation for people: first the known numbers, then areas and classes. */
final class EvaluationTable {
  private final StringBuilder text = new StringBuilder();

  private EvaluationTable() {}

  static String of(Answer answer) {
    EvaluationTable table = new EvaluationTable();
    for (int i = 0; i < answer.stats().size(); i++) {
      table.cell("%-24s", answer.names().get(i));
      table.figure(EvaluateCommand.defined(answer.stats().get(i)));
      table.text.append('\n');
    }
    table.head("area", "AP", "AR");
    answer
        .areas()
        .forEach(
            (name, area) -> {
              table.cell("%-24s", name);
              table.figure(area.ap());
              table.figure(area.ar());
              table.text.append('\n');
            });
    table.head("class", "AP", "AP50", "AR", "boxes", "found");
    for (EvaluateCommand.ClassAnswer c : answer.classes()) {
      table.cell("%-24s", c.name());
      table.figure(c.ap());
      table.figure(c.ap50());
      table.figure(c.ar());
      table.cell("%9s", c.truths());
      table.cell("%9s", c.detections());
      table.text.append('\n');
    }
    return table.text.toString();
  }

  private void head(String first, String... columns) {
    text.append('\n');
    cell("%-24s", first);
    for (String column : columns) {
      cell("%9s", column);
    }
    text.append('\n');
  }

  private void figure(@Nullable Double figure) {
    cell("%9s", figure == null ? "-" : String.format(Locale.ROOT, "%.3f", figure));
  }

  private void cell(String format, Object value) {
    text.append(String.format(Locale.ROOT, format, value));
  }
}
