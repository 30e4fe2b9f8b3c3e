package dev.labelloop.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A review batch, written {@code <campaign>/r<n>/b<k>}. */
public record BatchId(@JsonValue String value) implements Comparable<BatchId> {
  private static final Pattern FORM =
      Pattern.compile("(" + CampaignName.FORM + ")/r(\\d{1,6})/b(\\d{1,6})");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BatchId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "batch id '" + value + "' must look like street/r1/b0: campaign, round, batch");
    }
  }

  /** The round that published this batch. */
  public RoundId round() {
    Matcher m = parts();
    return new RoundId(new CampaignName(m.group(1)), Integer.parseInt(m.group(2)));
  }

  /** Place of the batch inside its round, from 0. */
  public int index() {
    return Integer.parseInt(parts().group(3));
  }

  private Matcher parts() {
    Matcher m = FORM.matcher(value);
    if (!m.matches()) {
      throw new AssertionError("checked at construction: " + value);
    }
    return m;
  }

  @Override
  public int compareTo(BatchId other) {
    int byRound = Integer.compare(round().number(), other.round().number());
    return byRound != 0 ? byRound : Integer.compare(index(), other.index());
  }

  @Override
  public String toString() {
    return value;
  }
}
