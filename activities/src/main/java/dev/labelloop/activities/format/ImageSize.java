package dev.labelloop.activities.format;

/** Sides of an upright image in pixels. */
public record ImageSize(int width, int height) {
  @Override
  public String toString() {
    return width + " x " + height;
  }
}
