package dev.labelloop.worker.web.review;

import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Own;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Images that are shown among those of batches and are in none, such as ones whose answer is known.
 * Nothing that a person sees tells them apart.
 */
public interface Interleaved {
  /** Shows nothing but what is in the batches. */
  Interleaved NOTHING =
      new Interleaved() {
        @Override
        public List<Leased> due(
            CampaignSpec spec, String person, Collection<ImageId> holds, int count) {
          return List.of();
        }

        @Override
        public int ahead(CampaignSpec spec, String person, int waiting) {
          return 0;
        }

        @Override
        public Optional<Instant> beat(BatchId batch, ImageId image, String person, UUID lease) {
          return Optional.empty();
        }

        @Override
        public void release(BatchId batch, ImageId image, String person) {
          // nobody holds any
        }

        @Override
        public Optional<Mixed> find(
            CampaignSpec spec, BatchId batch, ImageId image, String person) {
          return Optional.empty();
        }

        @Override
        public Optional<Put> repeated(BatchId batch, Answer answer) {
          return Optional.empty();
        }

        @Override
        public Put put(CampaignSpec spec, BatchId batch, Submission submission) {
          return new Put(Verdict.UNKNOWN, 0);
        }
      };

  /** What a person sees, and what they have said of it. */
  record Mixed(ReviewBatch.Item item, Own own) {}

  /**
   * What a person gets now in place of images of batches.
   *
   * @param holds images that lie before the person already
   * @param count most images wanted
   */
  List<Leased> due(CampaignSpec spec, String person, Collection<ImageId> holds, int count);

  /**
   * How many a person gets yet.
   *
   * @param waiting images of batches that wait
   */
  int ahead(CampaignSpec spec, String person, int waiting);

  /** Extends what a person holds, as {@link LeaseRepository#beat} does. */
  Optional<Instant> beat(BatchId batch, ImageId image, String person, UUID lease);

  /** Gives up what a person holds. */
  void release(BatchId batch, ImageId image, String person);

  /** What a person got under this batch and image, if they did. */
  Optional<Mixed> find(CampaignSpec spec, BatchId batch, ImageId image, String person);

  /** What was said to an answer when it was stored, if it was. */
  Optional<Put> repeated(BatchId batch, Answer answer);

  /** Stores what a person said of what they got. */
  Put put(CampaignSpec spec, BatchId batch, Submission submission);
}
