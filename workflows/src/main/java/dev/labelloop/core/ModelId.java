package dev.labelloop.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A model: SHA-256 of its tensors in name order, 64 lower-case hex digits. */
public record ModelId(@JsonValue String value) implements Comparable<ModelId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ModelId {
    Sha256.requireHex(value, "model id");
  }

  @Override
  public int compareTo(ModelId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
