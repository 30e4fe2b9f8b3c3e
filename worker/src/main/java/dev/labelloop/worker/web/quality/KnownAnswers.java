package dev.labelloop.worker.web.quality;

import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.quality.ProbeDrawRepository;
import dev.labelloop.activities.review.quality.ProbeRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.review.Interleaved;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Mixes images whose answer is known among those that people are asked about. */
public final class KnownAnswers implements Interleaved {
  private final ProbeDrawRepository draws;
  private final ProbeRepository probes;

  /** Those of a database. */
  public KnownAnswers(ProbeDrawRepository draws, ProbeRepository probes) {
    this.draws = draws;
    this.probes = probes;
  }

  @Override
  public List<Leased> due(CampaignSpec spec, String person, Collection<ImageId> holds, int count) {
    return isOn(spec) ? draws.due(spec, person, holds, count) : List.of();
  }

  @Override
  public int ahead(CampaignSpec spec, String person, int waiting) {
    return isOn(spec) ? draws.ahead(spec, person, waiting) : 0;
  }

  private static boolean isOn(CampaignSpec spec) {
    return spec.review().quality().probes() > 0;
  }

  @Override
  public Optional<Instant> beat(BatchId batch, ImageId image, String person, UUID lease) {
    return probes.beat(batch, image, person, lease);
  }

  @Override
  public void release(BatchId batch, ImageId image, String person) {
    probes.release(batch, image, person);
  }

  @Override
  public Optional<Mixed> find(CampaignSpec spec, BatchId batch, ImageId image, String person) {
    return probes
        .find(batch, image, person)
        .map(probe -> new Mixed(probe.item(spec.review().ask()), probe.own(person)));
  }

  @Override
  public Optional<Put> repeated(BatchId batch, Answer answer) {
    return probes.repeated(batch, answer);
  }

  @Override
  public Put put(CampaignSpec spec, BatchId batch, Submission submission) {
    return probes.put(batch, submission, spec.review().quality().bar());
  }
}
