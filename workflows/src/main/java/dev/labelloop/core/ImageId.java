package dev.labelloop.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An image: SHA-256 of the file's bytes, 64 lower-case hex digits. */
public record ImageId(@JsonValue String value) implements Comparable<ImageId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ImageId {
    Sha256.requireHex(value, "image id");
  }

  @Override
  public int compareTo(ImageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
