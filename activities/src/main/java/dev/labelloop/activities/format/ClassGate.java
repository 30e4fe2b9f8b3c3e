package dev.labelloop.activities.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets classes of one label file in by name, for formats in which boxes carry names.
 *
 * <p>Names that the file lists come first, in its order; others follow as they appear. They get the
 * ids 1, 2, 3 and so on.
 */
public final class ClassGate {
  private final boolean closed;
  private final Problems problems;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();

  /** The wanted classes, or none yet where any will do. */
  public ClassGate(ImportChecks checks, Problems problems) {
    this.closed = checks.classes() != null;
    this.problems = problems;
    if (checks.classes() != null) {
      checks.classes().forEach(this::add);
    }
  }

  /** A class that the file lists, whether or not a box has it. */
  public void list(String name) {
    if (!closed) {
      add(name);
    }
  }

  /**
   * The place of a box's class.
   *
   * @param at the box's entry, for messages
   * @return nothing if it is none of the wanted classes, which is noted
   */
  public Optional<Integer> index(String at, String name) {
    if (!closed) {
      add(name);
    }
    Integer index = indexes.get(name);
    if (index == null) {
      problems.add(
          at
              + ": class '"
              + name
              + "' is none of "
              + indexes.keySet()
              + ": add it or leave the box out");
    }
    return Optional.ofNullable(index);
  }

  /** All classes so far. */
  public ClassTable table() {
    List<String> names = new ArrayList<>(indexes.keySet());
    return ClassTable.of(names);
  }

  private void add(String name) {
    indexes.putIfAbsent(name, indexes.size());
  }
}
