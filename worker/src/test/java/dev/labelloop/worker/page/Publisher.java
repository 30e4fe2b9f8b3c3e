package dev.labelloop.worker.page;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.evaluation.ScoreRepository;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.IntervalRepository;
import dev.labelloop.activities.evaluation.gate.MapInterval;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.selection.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Stores what campaigns have come to before people see them: pictures, predictions, batches. */
final class Publisher {
  private final Path folder;
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final BatchRepository batches;
  private final ScoreRepository scores;
  private final IntervalRepository intervals;

  /** Pictures lie in this folder. */
  Publisher(Database database, Path folder) {
    this.folder = folder;
    campaigns = new CampaignRepository(database);
    images = new ImageRepository(database);
    predictions = new PredictionRepository(database);
    batches = new BatchRepository(database);
    scores = new ScoreRepository(database);
    intervals = new IntervalRepository(database);
  }

  /** Puts a campaign before people; returns its images in the order in which they see them. */
  List<ImageId> publish(Publication publication) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve(publication.name));
    CampaignSpec spec = publication.spec(pictures);
    campaigns.create(spec);
    Map<StoredImage, Picture> stored = write(pictures, publication.pictures());
    Map<StoredImage, Picture> known = write(pictures, publication.known());
    register(spec, List.copyOf(stored.keySet()), known);
    RoundId round = new RoundId(spec.name(), 1);
    predict(round, stored, known);
    batches.insertIfAbsent(
        round,
        "random",
        stored.keySet().stream()
            .map(image -> new BatchRepository.Item(image.id(), Purpose.ACTIVE, "random"))
            .toList(),
        publication.batchSize());
    return stored.keySet().stream().map(StoredImage::id).toList();
  }

  private static Map<StoredImage, Picture> write(Path folder, List<Picture> pictures)
      throws IOException {
    Map<StoredImage, Picture> stored = new LinkedHashMap<>();
    for (Picture picture : pictures) {
      picture.write(folder);
      byte[] bytes = Files.readAllBytes(folder.resolve(picture.file()));
      stored.put(
          new StoredImage(
              new ImageId(Sha256.hex(bytes)), picture.file(), picture.width(), picture.height()),
          picture);
    }
    return stored;
  }

  private void register(
      CampaignSpec spec, List<StoredImage> stored, Map<StoredImage, Picture> known) {
    images.insertIfAbsent(
        spec.name(),
        new ImageRepository.Dataset(
            new DatasetSummary(stored.size(), known.size(), 0, 0, 0, 32),
            stored,
            List.copyOf(known.keySet()),
            known.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        entry -> entry.getKey().id(), entry -> entry.getValue().truth())),
            "file known.json",
            Map.of(),
            Map.of(),
            List.of()));
  }

  private void predict(
      RoundId round, Map<StoredImage, Picture> stored, Map<StoredImage, Picture> known) {
    predictions.preparePartition(round.number());
    predictions.insertShard(new ShardRef(round, 0, Studio.MODEL), result(stored), rows(stored));
    if (!known.isEmpty()) {
      HoldoutRef holdout = new HoldoutRef(round.campaign(), Studio.MODEL);
      predictions.insertHoldout(holdout, result(known), rows(known));
    }
  }

  private static List<PredictionRepository.Row> rows(Map<StoredImage, Picture> stored) {
    return stored.entrySet().stream()
        .map(
            entry ->
                new PredictionRepository.Row(
                    entry.getKey().id(),
                    1 - entry.getValue().certainty(),
                    entry.getValue().proposals(),
                    new short[] {0}))
        .toList();
  }

  private static ShardResult result(Map<StoredImage, Picture> stored) {
    int boxes = stored.values().stream().mapToInt(picture -> picture.proposals().size()).sum();
    return new ShardResult(stored.size(), boxes, 0);
  }

  /** Lets a round have ended with this champion; {@code interval} is that of its mAP. */
  void end(RoundId round, ModelId champion, HoldoutScore score, MapInterval interval) {
    scores.insertIfAbsent(
        new EvaluationRequest(round.campaign(), champion),
        score,
        "{}",
        ErrorAnalysis.of(Map.of(), Map.of(), List.of()));
    scores.insertRound(new RoundRecord(round, null, null, champion, score, false));
    intervals.insertIfAbsent(round.campaign(), champion, interval);
  }
}
