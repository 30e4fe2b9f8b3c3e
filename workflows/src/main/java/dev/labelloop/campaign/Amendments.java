package dev.labelloop.campaign;

import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.AmendmentRequest;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;

/** The settings of a campaign's loop, as people amend them. */
final class Amendments {
  private final CampaignState begin;
  private final Stages stages;

  /** So that the newest amendment in PostgreSQL is the newest one here. */
  private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();

  private Amendment amended;
  private LoopSettings settings;

  Amendments(CampaignState begin, Stages stages) {
    this.begin = begin;
    this.stages = stages;
    amended = begin.amended();
    settings = begin.settings().amended(amended);
  }

  /** In force now. */
  LoopSettings settings() {
    return settings;
  }

  /** All amendments so far, in one. */
  Amendment amended() {
    return amended;
  }

  /**
   * Refuses what this campaign cannot take.
   *
   * @throws IllegalArgumentException that names the key, the value and the mend
   */
  void check(Amendment amendment) {
    amendment.check();
    Integer rounds = amendment.rounds();
    if (rounds != null && rounds < begin.round()) {
      throw new IllegalArgumentException(
          "rounds is "
              + rounds
              + ", but round "
              + begin.round()
              + " has begun: say "
              + begin.round()
              + " to make it the last one");
    }
  }

  /**
   * Stores an amendment and puts it in force.
   *
   * @return whether it changed anything; one that says what was amended before is not stored again
   */
  boolean amend(Amendment amendment) {
    oneAtATime.lock();
    try {
      Amendment together = amended.then(amendment);
      if (together.equals(amended)) {
        return false;
      }
      stages.storeAmendment(
          new AmendmentRequest(begin.campaign(), Workflow.randomUUID().toString(), amendment));
      amended = together;
      settings = begin.settings().amended(together);
      return true;
    } finally {
      oneAtATime.unlock();
    }
  }
}
