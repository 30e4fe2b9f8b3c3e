package dev.labelloop.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A campaign's name: 1 to 64 letters, digits, '.', '_' or '-', not beginning with a sign. */
public record CampaignName(@JsonValue String value) {
  static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final Pattern NAME = Pattern.compile(FORM);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CampaignName {
    if (value == null || !NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "campaign name '"
              + value
              + "' must be 1 to 64 letters, digits, '.', '_' or '-' and begin with a letter or digit");
    }
  }

  /** The id of this campaign's workflow. */
  public String workflowId() {
    return "campaign/" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
