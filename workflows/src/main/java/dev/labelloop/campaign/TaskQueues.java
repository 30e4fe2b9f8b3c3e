package dev.labelloop.campaign;

/** The task queues; one kind of work each, so that machines can be given to it. */
public final class TaskQueues {
  /** Workflows: needs nothing but the Temporal server. */
  public static final String CAMPAIGN = "campaign";

  /** Short activities: SQL, review tools, selection, evaluation. */
  public static final String DATA = "data";

  /** Inference. */
  public static final String PREDICT = "predict";

  /** Training: one at a time a process. */
  public static final String TRAIN = "train";

  private TaskQueues() {}
}
