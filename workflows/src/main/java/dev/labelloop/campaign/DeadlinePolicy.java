package dev.labelloop.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when people are not done by the deadline. */
public enum DeadlinePolicy {
  /** Go on with the answers that are there. */
  @JsonProperty("close")
  CLOSE,
  /** Wait as long again. */
  @JsonProperty("extend")
  EXTEND,
  /** End the campaign as failed; nothing stored is lost. */
  @JsonProperty("fail")
  FAIL
}
