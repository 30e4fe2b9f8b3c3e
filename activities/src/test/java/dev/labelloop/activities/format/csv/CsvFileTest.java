package dev.labelloop.activities.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  private static final List<String> COLUMNS = List.of("a", "b", "c");

  @TempDir private Path folder;

  @Test
  void readsWhatItWrites() throws Exception {
    List<List<String>> rows =
        List.of(
            List.of("1", "2", "3"),
            List.of("", "", ""),
            List.of("", "x", ""),
            List.of("a, b", "say \"so\"", "two\nlines"));
    StringBuilder text = new StringBuilder(CsvFile.row(COLUMNS.toArray()));
    rows.forEach(row -> text.append(CsvFile.row(row.toArray())));

    assertThat(read(text.toString())).isEqualTo(rows);
  }

  @Test
  void namesTheLineThatHasTooFewFields() {
    assertThatThrownBy(() -> read("a,b,c\n1,2,3\n1,2\n"))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining("t.csv line 3: has 2 fields, not 3");
  }

  private List<List<String>> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    Problems problems = new Problems(file);
    List<List<String>> rows = new ArrayList<>();
    CsvFile.read(
        file,
        "t.csv",
        COLUMNS,
        problems,
        row -> rows.add(COLUMNS.stream().map(row.fields()::get).toList()));
    problems.throwIfAny();
    return rows;
  }
}
