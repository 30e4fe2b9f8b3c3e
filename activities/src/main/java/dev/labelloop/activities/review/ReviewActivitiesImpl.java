package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.Reminder;
import dev.labelloop.review.ReviewActivities;
import dev.labelloop.review.ReviewProgress;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries batches to the campaign's review tool, and its answers back. */
public final class ReviewActivitiesImpl implements ReviewActivities {
  private static final Logger LOG = LoggerFactory.getLogger(ReviewActivitiesImpl.class);

  private final CampaignRepository campaigns;
  private final Batches contents;
  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final Function<CampaignSpec, Optional<ReviewTool>> tools;
  private final ReminderPost post;

  /**
   * The activities.
   *
   * @param tools finds a campaign's tool by its name
   * @param post takes reminders to people
   */
  public ReviewActivitiesImpl(
      CampaignRepository campaigns,
      Batches contents,
      BatchRepository batches,
      AnswerRepository answers,
      Function<CampaignSpec, Optional<ReviewTool>> tools,
      ReminderPost post) {
    this.campaigns = campaigns;
    this.contents = contents;
    this.batches = batches;
    this.answers = answers;
    this.tools = tools;
    this.post = post;
  }

  @Override
  public ReviewProgress publishReview(RoundId round) {
    ReviewTool tool = tool(campaigns.spec(round.campaign()));
    for (BatchId batch : batches.open(round)) {
      tool.publish(contents.read(batch));
      Activity.getExecutionContext().heartbeat(batch);
    }
    return batches.progress(round);
  }

  @Override
  public ReviewProgress collectReview(RoundId round) {
    ReviewTool tool = tool(campaigns.spec(round.campaign()));
    for (BatchId batch : batches.open(round)) {
      if (collect(tool, batch)) {
        close(tool, batch);
      }
      Activity.getExecutionContext().heartbeat(batch);
    }
    return batches.progress(round);
  }

  @Override
  public ReviewProgress closeBatch(BatchId batch) {
    ReviewTool tool = tool(campaigns.spec(batch.round().campaign()));
    if (batches.state(batch).equals(Optional.of(BatchRepository.State.OPEN))) {
      collect(tool, batch);
      close(tool, batch);
    }
    return batches.progress(batch.round());
  }

  @Override
  public ReviewProgress closeReview(RoundId round) {
    batches.open(round).forEach(this::closeBatch);
    return batches.progress(round);
  }

  @Override
  public void remind(Reminder reminder) {
    LOG.warn("{}", ReminderPost.text(reminder));
    String urlFrom = campaigns.spec(reminder.round().campaign()).review().reminders().urlFrom();
    if (urlFrom != null) {
      post.post(urlFrom, reminder);
    }
  }

  /** Stores the batch's answers so far; whether one stands for every image. */
  private boolean collect(ReviewTool tool, BatchId batch) {
    Cursor cursor = Cursor.START;
    ReviewPage page;
    do {
      page = tool.answers(batch, cursor);
      List<Put> puts = answers.putAll(batch.round(), page.answers());
      for (int i = 0; i < puts.size(); i++) {
        if (puts.get(i).verdict() == Verdict.UNKNOWN) {
          LOG.warn(
              "tool {} has an answer to image {}, which round {} does not ask about: left out",
              tool.name(),
              page.answers().get(i).image(),
              batch.round());
        }
      }
      cursor = page.next();
    } while (!page.last());
    return answers.isSettled(batch);
  }

  private void close(ReviewTool tool, BatchId batch) {
    tool.close(batch);
    answers.close(batch);
  }

  private ReviewTool tool(CampaignSpec spec) {
    return tools
        .apply(spec)
        .orElseThrow(
            () ->
                ApplicationFailure.newNonRetryableFailure(
                    "review.tool '"
                        + spec.review().tool()
                        + "' is not available in this worker: run one of a build that has it, and start the"
                        + " campaign again",
                    FinalFailure.BAD_SPECIFICATION));
  }
}
