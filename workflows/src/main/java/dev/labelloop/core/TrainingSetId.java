package dev.labelloop.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A training set: SHA-256 of its canonical manifest, 64 lower-case hex digits. */
public record TrainingSetId(@JsonValue String value) implements Comparable<TrainingSetId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TrainingSetId {
    Sha256.requireHex(value, "training set id");
  }

  @Override
  public int compareTo(TrainingSetId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
