package dev.labelloop.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prometheus' text format, version 0.0.4, read strictly.
 *
 * @param values by series, such as {@code name{label="value"}} with labels in the text's order
 * @param types by metric
 */
record Samples(Map<String, Double> values, Map<String, String> types) {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|summary|histogram|untyped)");
  private static final Pattern HELP = Pattern.compile("# HELP " + NAME + " .*");
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + "(?:\\{" + LABEL + "(?:," + LABEL + ")*,?\\})?) (\\S+)");

  static Samples parse(String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, String> types = new TreeMap<>();
    assertThat(text).endsWith("\n");
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        assertThat(types.put(type.group(1), type.group(2))).as("type twice: " + line).isNull();
      } else if (sample.matches()) {
        Double before = values.put(sample.group(1), number(sample.group(2)));
        assertThat(before).as("series twice: " + line).isNull();
      } else {
        assertThat(line).matches(HELP);
      }
    }
    return new Samples(values, types);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Names of all series, without labels. */
  Set<String> names() {
    return values.keySet().stream().map(s -> s.split("\\{", 2)[0]).collect(Collectors.toSet());
  }
}
