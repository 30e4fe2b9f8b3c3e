package dev.labelloop.worker.health;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.core.CampaignName;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of an open campaign and its running children.
 *
 * @param campaign whose
 * @param shown the health that its list row shows; null before it shows one
 * @param work that is not done
 * @param decisions that are not made
 * @param workflows as described: the campaign, then its children
 */
public record Sight(
    CampaignName campaign,
    @Nullable CampaignHealth shown,
    List<PendingWork> work,
    List<PendingDecision> decisions,
    List<DescribeWorkflowExecutionResponse> workflows) {}
