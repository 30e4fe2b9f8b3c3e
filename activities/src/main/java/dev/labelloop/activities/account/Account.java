package dev.labelloop.activities.account;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A person, or a script, that may use this server.
 *
 * @param name by which it logs in and signs its answers; never changed, never given again
 * @param display as people read it
 * @param active whether it may do anything now
 * @param hasPassword whether it can log in by name and password
 */
public record Account(
    String name, String display, Role role, boolean active, boolean hasPassword, Instant madeAt) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

  private static final int DISPLAY = 100;

  /** Those who are named beside people where labels are told apart by who made them. */
  private static final Set<String> OTHERS = Set.of("anybody", "model", "person", "simulated");

  /**
   * The name, if an account may have it.
   *
   * @throws IllegalArgumentException if not, with the mend
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name = "
              + quoted(name)
              + ": use 1 to 64 of a-z, 0-9, '.', '_', '@' and '-', the first a letter or digit");
    }
    if (OTHERS.contains(name)) {
      throw new IllegalArgumentException(
          "name = '" + name + "': that is no person's name here, use another");
    }
    return name;
  }

  /**
   * The name for people, if an account may have it.
   *
   * @throws IllegalArgumentException if not, with the mend
   */
  public static String requireDisplay(String display) {
    if (display.isBlank()
        || display.length() > DISPLAY
        || display.chars().anyMatch(Character::isISOControl)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(display)) {
      throw new IllegalArgumentException(
          "display = " + quoted(display) + ": give one line of 1 to " + DISPLAY + " characters");
    }
    return display.strip();
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return "'" + (line.length() <= DISPLAY ? line : line.substring(0, DISPLAY) + "…") + "'";
  }
}
