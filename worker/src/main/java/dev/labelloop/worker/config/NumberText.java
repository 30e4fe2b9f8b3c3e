package dev.labelloop.worker.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as people write them. */
public final class NumberText {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(%?)");

  private NumberText() {}

  /** A number such as 0.1, or a percentage such as 10%; null if it is neither. */
  public static @Nullable Double parse(String text) {
    Matcher match = NUMBER.matcher(text.strip());
    if (!match.matches()) {
      return null;
    }
    double number = Double.parseDouble(match.group(1));
    return match.group(2).isEmpty() ? number : number / 100;
  }
}
