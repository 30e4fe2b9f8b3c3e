package dev.labelloop.worker.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import java.util.Optional;

/** The build that new campaigns, and the next rounds of running ones, go to. */
public final class CurrentBuild {
  private CurrentBuild() {}

  /**
   * Makes a build current. The server refuses it while it knows no worker of that build, and while
   * a queue that the current build serves has none.
   *
   * @return why it refuses; empty if the build is current now
   */
  public static Optional<String> set(WorkflowClient client, Build build) {
    try {
      client
          .getWorkflowServiceStubs()
          .blockingStub()
          .setWorkerDeploymentCurrentVersion(
              SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                  .setNamespace(client.getOptions().getNamespace())
                  .setDeploymentName(build.deployment())
                  .setBuildId(build.id())
                  .setIdentity(client.getOptions().getIdentity())
                  .build());
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(String.valueOf(e.getStatus().getDescription()));
    }
  }
}
