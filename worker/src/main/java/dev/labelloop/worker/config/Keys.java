package dev.labelloop.worker.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys that a specification may hold, by section; the root is the empty name. */
final class Keys {
  static final Map<String, List<String>> BY_SECTION =
      Map.ofEntries(
          Map.entry(
              "",
              List.of(
                  "name",
                  "classes",
                  "images",
                  "holdout",
                  "model",
                  "rounds",
                  "selection",
                  "review",
                  "pseudoLabels",
                  "training",
                  "promotion",
                  "prediction",
                  "cost")),
          Map.entry("model", List.of("family", "size", "weights", "input")),
          Map.entry("rounds", List.of("max", "targetMap")),
          Map.entry("selection", List.of("strategy", "budget", "audit", "recheck")),
          Map.entry(
              "review",
              List.of(
                  "tool",
                  "deadline",
                  "onDeadline",
                  "overlap",
                  "batchSize",
                  "truth",
                  "url",
                  "tokenFrom",
                  "simulated",
                  "reminders",
                  "ask",
                  "quality")),
          Map.entry("review.simulated", List.of("missed", "wrongClass", "jitterIou", "time")),
          Map.entry("review.quality", List.of("agreement", "probes", "blind", "checks", "bar")),
          Map.entry("review.reminders", List.of("every", "urlFrom")),
          Map.entry(
              "pseudoLabels", List.of("mode", "threshold", "verify", "precision", "confidence")),
          Map.entry("training", List.of("epochs", "batch", "seed", "rate")),
          Map.entry(
              "promotion", List.of("margin", "confidence", "forgetting", "floors", "cluster")),
          Map.entry("prediction", List.of("shardSize")),
          Map.entry("cost", List.of("perHour")));

  private Keys() {}

  /** The keys of a section. */
  static List<String> of(String section) {
    return BY_SECTION.getOrDefault(section, List.of());
  }

  /** A key with its section, such as {@code training.epochs}. */
  static String join(String section, String key) {
    return section.isEmpty() ? key : section + "." + key;
  }

  /**
   * The known key that a person most likely meant: the same word in another section, else the
   * nearest word of this section, else the nearest of all.
   */
  static String nearest(String section, String unknown) {
    Optional<String> elsewhere =
        all().stream().filter(k -> leaf(k).equalsIgnoreCase(unknown)).findFirst();
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    List<String> here = of(section).stream().map(key -> join(section, key)).toList();
    return nearestOf(here.isEmpty() ? all() : here, unknown);
  }

  private static String nearestOf(List<String> keys, String word) {
    return keys.stream()
        .min(Comparator.comparingInt(key -> distance(leaf(key), word)))
        .orElseThrow();
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>();
    BY_SECTION.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> e.getValue().forEach(key -> all.add(join(e.getKey(), key))));
    return all;
  }

  private static String leaf(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Insertions, deletions and replacements that turn one word into the other, case aside. */
  static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
