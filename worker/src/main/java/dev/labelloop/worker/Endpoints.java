package dev.labelloop.worker;

import org.jspecify.annotations.Nullable;

/**
 * Where the servers are.
 *
 * @param temporal host and port
 * @param namespace on the Temporal server
 * @param database JDBC URL of PostgreSQL, with user and password
 * @param temporalUi address of the Temporal Web UI, if it is known
 */
public record Endpoints(
    String temporal, String namespace, String database, @Nullable String temporalUi) {

  /** The page of a campaign in the Temporal Web UI, if its address is known. */
  public @Nullable String campaignPage(String workflowId) {
    if (temporalUi == null) {
      return null;
    }
    return temporalUi + "/namespaces/" + namespace + "/workflows/" + workflowId.replace("/", "%2F");
  }
}
