package dev.labelloop.activities.review;

/**
 * How far a tool's answers were read; what it means is the tool's own business.
 *
 * @param value empty before the first page
 */
public record Cursor(String value) {
  public static final Cursor START = new Cursor("");
}
