package dev.labelloop.activities.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of a label file: names with explicit ids, which may have gaps, as COCO's have.
 *
 * <p>Ids are kept as they are and never derived from names, so that a class added later moves no
 * other.
 *
 * @param entries in the order of {@code BoxLabel.classIndex}
 */
public record ClassTable(List<Entry> entries) {
  /** A class: its id in foreign files, from 0, and its name. */
  public record Entry(int id, String name) {}

  public ClassTable {
    entries = List.copyOf(entries);
    Set<Object> seen = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.id < 0 || !seen.add(entry.id) || !seen.add(entry.name)) {
        throw new IllegalArgumentException(
            "class '" + entry.name + "' has a negative id, or its id or name twice: " + entry.id);
      }
    }
  }

  /** These names with the ids 1, 2, 3 and so on. */
  public static ClassTable of(List<String> names) {
    List<Entry> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(new Entry(entries.size() + 1, name));
    }
    return new ClassTable(entries);
  }

  /** Names in the order of {@code BoxLabel.classIndex}. */
  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** The name of a class. */
  public String name(int classIndex) {
    return entries.get(classIndex).name;
  }
}
