package dev.labelloop.activities.format.csv;

import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a CSV file; a field at fault is noted and read as null.
 *
 * @param at its file and line, for messages
 * @param fields by the names of their columns
 */
public record CsvRow(String at, Map<String, String> fields, Problems problems) {
  /** A text that is not empty. */
  public @Nullable String text(String column) {
    String text = fields.getOrDefault(column, "");
    return text.isEmpty() ? fault(column, "write a text") : text;
  }

  /** A decimal number. */
  public @Nullable Double number(String column) {
    Double number = Numbers.decimal(fields.getOrDefault(column, "")).orElse(null);
    if (number == null) {
      fault(column, "write a number");
    }
    return number;
  }

  /** Notes a fault of a field. */
  public @Nullable String fault(String column, String mend) {
    problems.add(
        at + ": " + column + " '" + fields.getOrDefault(column, "") + "' is at fault: " + mend);
    return null;
  }
}
