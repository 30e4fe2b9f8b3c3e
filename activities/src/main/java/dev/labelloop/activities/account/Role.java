package dev.labelloop.activities.account;

/** What a person may do; each may do what those before it may. */
public enum Role {
  /** Looks at campaigns. */
  VIEWER,
  /** Answers. */
  REVIEWER,
  /** Steers campaigns, decides where reviewers disagree, and looks after their work. */
  OPERATOR,
  /** Looks after accounts. */
  ADMIN;

  /** Whether a person of this role may do what that role may. */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
