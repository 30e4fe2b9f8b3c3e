package dev.labelloop.activities.format.csv;

import dev.labelloop.activities.format.Problems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Reads a CSV file (RFC 4180) in UTF-8, row by row. */
public final class CsvFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvFile() {}

  /**
   * Reads the rows below a head that has at least these columns, in any order.
   *
   * @param name of the file in messages
   * @throws UncheckedIOException if it cannot be read for a reason that may pass
   */
  public static void read(
      Path file, String name, List<String> columns, Problems problems, Consumer<CsvRow> rows) {
    open(
        file,
        name,
        problems,
        reader -> {
          List<String> head = reader.next();
          if (head != null && head.get(0).startsWith(BYTE_ORDER_MARK)) {
            head.set(0, head.get(0).substring(1));
          }
          if (head == null || !head.containsAll(columns)) {
            problems.add(
                name + " line 1: the head " + head + " has not all of " + columns + ": add them");
          } else if (new HashSet<>(head).size() != head.size()) {
            problems.add(name + " line 1: the head " + head + " has a column twice: drop one");
          } else {
            each(reader, name, head, problems, rows);
          }
        });
  }

  /** Reads the rows of a file that has no head and exactly these columns; see {@link #read}. */
  public static void readBare(
      Path file, String name, List<String> columns, Problems problems, Consumer<CsvRow> rows) {
    open(file, name, problems, reader -> each(reader, name, columns, problems, rows));
  }

  private interface Content {
    void read(CsvReader reader) throws IOException;
  }

  private static void open(Path file, String name, Problems problems, Content content) {
    try (BufferedReader text = Files.newBufferedReader(file)) {
      content.read(new CsvReader(text, name, problems));
    } catch (CharacterCodingException e) {
      problems.add(name + " is no text in UTF-8: write it anew");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void each(
      CsvReader reader, String name, List<String> columns, Problems problems, Consumer<CsvRow> rows)
      throws IOException {
    for (List<String> row = reader.next(); row != null; row = reader.next()) {
      String at = name + " line " + reader.line();
      if (row.size() != columns.size()) {
        problems.add(
            at + ": has " + row.size() + " fields, not " + columns.size() + ": write " + columns);
      } else {
        rows.accept(new CsvRow(at, byColumn(columns, row), problems));
      }
    }
  }

  private static Map<String, String> byColumn(List<String> columns, List<String> row) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      fields.put(columns.get(i), row.get(i));
    }
    return fields;
  }

  /** The text of a row, with its line end. */
  public static String row(Object... fields) {
    StringJoiner row = new StringJoiner(",", "", "\n");
    for (Object field : fields) {
      String text = field.toString();
      boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      row.add(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
    return row.toString();
  }
}
