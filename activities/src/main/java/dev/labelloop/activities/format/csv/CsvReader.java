package dev.labelloop.activities.format.csv;

import dev.labelloop.activities.format.Problems;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a text into rows and fields; empty lines are passed over. */
final class CsvReader {
  private static final int END = -1;

  private final BufferedReader text;
  private final String name;
  private final Problems problems;
  private int line; // where the last row began
  private int nextLine = 1;

  CsvReader(BufferedReader text, String name, Problems problems) {
    this.text = text;
    this.name = name;
    this.problems = problems;
  }

  /** The line in which the last row began, from 1. */
  int line() {
    return line;
  }

  /** The fields of the next row; null at the end. */
  @Nullable List<String> next() throws IOException {
    while (true) {
      line = nextLine;
      List<String> row = new ArrayList<>();
      int end = ',';
      while (end == ',') {
        StringBuilder field = new StringBuilder();
        end = field(field);
        row.add(field.toString());
      }
      if (row.size() > 1 || !row.get(0).isEmpty()) {
        return row;
      }
      if (end == END) {
        return null;
      }
    }
  }

  /** Reads a field and what ends it: a comma, a line's end, or the end of all. */
  private int field(StringBuilder field) throws IOException {
    boolean quoted = false;
    for (int c = read(); ; c = read()) {
      if (c == END && quoted) {
        problems.add(name + " line " + line + ": a quote (\") is not closed: close it");
      }
      if (c == END || (!quoted && (c == ',' || c == '\n'))) {
        return c;
      }
      if (c == '"' && quoted && peek() == '"') {
        read();
        field.append('"');
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != '\r' || peek() != '\n') {
        field.append((char) c);
      }
    }
  }

  private int read() throws IOException {
    int c = text.read();
    nextLine += c == '\n' ? 1 : 0;
    return c;
  }

  private int peek() throws IOException {
    text.mark(1);
    int c = text.read();
    text.reset();
    return c;
  }
}
