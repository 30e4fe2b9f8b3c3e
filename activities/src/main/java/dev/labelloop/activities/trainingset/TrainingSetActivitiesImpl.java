package dev.labelloop.activities.trainingset;

import dev.labelloop.activities.dataset.NearDuplicateRepository;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.core.RoundId;
import dev.labelloop.trainingset.TrainingSetActivities;
import dev.labelloop.trainingset.TrainingSetRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Freezes people's annotations and the round's pseudo-labels, without those of images that look
 * like one of the holdout.
 */
public final class TrainingSetActivitiesImpl implements TrainingSetActivities {
  private final LabelRepository labels;
  private final TrainingSetRepository trainingSets;
  private final NearDuplicateRepository nearDuplicates;

  public TrainingSetActivitiesImpl(
      LabelRepository labels,
      TrainingSetRepository trainingSets,
      NearDuplicateRepository nearDuplicates) {
    this.labels = labels;
    this.trainingSets = trainingSets;
    this.nearDuplicates = nearDuplicates;
  }

  @Override
  public TrainingSetRef freezeTrainingSet(RoundId round) {
    if (trainingSets.find(round).isEmpty()) {
      Manifest all = manifest(round);
      Manifest kept = all.without(nearDuplicates.keptOut(round.campaign()));
      trainingSets.insertIfAbsent(round, kept, all.items().size() - kept.items().size());
    }
    return trainingSets.find(round).orElseThrow();
  }

  private Manifest manifest(RoundId round) {
    List<Manifest.Item> items = new ArrayList<>();
    var people = labels.poolLabels(round.campaign());
    people.forEach(
        (image, label) ->
            items.add(
                new Manifest.Item(
                    image, Manifest.Origin.ANNOTATION, label.boxes(), label.ignore())));
    for (LabelRepository.PseudoLabels pseudo : labels.pseudoLabels(round)) {
      if (!people.containsKey(pseudo.image())) { // a person's word stands before a model's
        items.add(
            new Manifest.Item(
                pseudo.image(), Manifest.Origin.PSEUDO_LABEL, pseudo.boxes(), pseudo.ignore()));
      }
    }
    return new Manifest(items);
  }
}
