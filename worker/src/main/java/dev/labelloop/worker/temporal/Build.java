package dev.labelloop.worker.temporal;

import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;

/**
 * A build of the program, as the server tells workers apart: a round goes on with the build that it
 * began with, whatever other builds serve the same queues.
 *
 * @param deployment what it is a build of; the same for all workers of a fleet
 * @param id of the build within it
 */
public record Build(String deployment, String id) {
  /** The deployment, unless one is named. */
  public static final String DEPLOYMENT = "labelloop";

  /** Not by annotations on the workflows: the server refuses those of workers without a build. */
  WorkerDeploymentOptions options() {
    return WorkerDeploymentOptions.newBuilder()
        .setUseVersioning(true)
        .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
        .setVersion(new WorkerDeploymentVersion(deployment, id))
        .build();
  }
}
