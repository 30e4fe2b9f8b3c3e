package dev.labelloop.worker.web.quality;

import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.quality.ProbeRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.review.Interleaved;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Mixes images whose answer is known among those that people are asked about. */
public final class KnownAnswers implements Interleaved {
  private final ProbeRepository probes;

  public KnownAnswers(ProbeRepository probes) {
    this.probes = probes;
  }

  @Override
  public List<Leased> due(CampaignSpec spec, String person, Collection<ImageId> holds, int count) {
    return spec.review().quality().probes() == 0
        ? List.of()
        : probes.due(spec, person, holds, count);
  }

  @Override
  public Optional<Mixed> find(CampaignSpec spec, BatchId batch, ImageId image, String person) {
    return probes
        .find(batch, image, person)
        .map(probe -> new Mixed(probe.item(spec.review().ask()), probe.own(person)));
  }

  @Override
  public Put put(CampaignSpec spec, BatchId batch, Submission submission) {
    return probes.put(batch, submission, spec.review().quality().bar());
  }
}
