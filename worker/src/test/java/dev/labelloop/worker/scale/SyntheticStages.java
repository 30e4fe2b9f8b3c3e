package dev.labelloop.worker.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.core.Box;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Images without files and a detector without a network: what is left of a round is what
 * orchestration and storage cost.
 */
final class SyntheticStages {
  static final int BOXES = 10;
  static final int CLASSES = 5;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  static final ModelId MODEL = new ModelId(Sha256.hex("null detector".getBytes(UTF_8)));

  private SyntheticStages() {}

  /** Registers so many images that do not exist, and one as holdout. */
  record Images(ImageRepository images, int count, int shardSize) implements DatasetActivities {
    @Override
    public DatasetSummary registerDataset(CampaignName campaign) {
      if (images.summary(campaign).isEmpty()) {
        List<StoredImage> pool = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          pool.add(image(campaign, i));
        }
        pool.sort(Comparator.comparing(StoredImage::id));
        StoredImage holdout = image(campaign, -1);
        images.insertIfAbsent(
            campaign,
            new ImageRepository.Dataset(
                new DatasetSummary(count, 1, 0, 0, 0, shardSize),
                pool,
                List.of(holdout),
                Map.of(holdout.id(), List.of(new LabelledBox(new Box(0, 0, 10, 10), 0))),
                "made up",
                Map.of(),
                Map.of(),
                List.of()));
      }
      return images.summary(campaign).orElseThrow();
    }

    @Override
    public void storeAmendment(AmendmentRequest request) {
      throw new UnsupportedOperationException("nobody amends a benchmark");
    }

    private static StoredImage image(CampaignName campaign, int i) {
      String path = String.format("%s/%03d/%07d.jpg", campaign, Math.max(0, i) / 10_000, i);
      return new StoredImage(new ImageId(Sha256.hex(path.getBytes(UTF_8))), path, WIDTH, HEIGHT);
    }
  }

  /** Finds ten boxes an image, drawn from its id. */
  static final class NullDetector implements PredictionActivities {
    private final PredictionRepository predictions;
    private final LongAdder drawing = new LongAdder();

    NullDetector(PredictionRepository predictions) {
      this.predictions = predictions;
    }

    /** Seconds spent on making boxes up, which are a detector's and not ours. */
    double secondsOfDrawing() {
      return drawing.sum() / 1e9;
    }

    @Override
    public PredictionPlan planPrediction(RoundId round) {
      predictions.preparePartition(round.number());
      return predictions.plan(round.campaign());
    }

    @Override
    public int liveSlots() {
      return 0;
    }

    @Override
    public ShardResult predictShard(ShardRef shard) {
      return predictions
          .findShard(shard)
          .orElseGet(
              () -> {
                List<Row> rows = rows(predictions.shardImages(shard));
                ShardResult result = new ShardResult(rows.size(), rows.size() * BOXES, 0);
                predictions.insertShard(shard, result, rows);
                return result;
              });
    }

    @Override
    public ShardResult predictHoldout(HoldoutRef holdout) {
      predictions.insertHoldout(holdout, new ShardResult(0, 0, 0), List.of());
      return predictions.findHoldout(holdout).orElseThrow();
    }

    private List<Row> rows(List<StoredImage> images) {
      long start = System.nanoTime();
      List<Row> rows = new ArrayList<>(images.size());
      for (StoredImage image : images) {
        SplittableRandom random =
            new SplittableRandom(Long.parseUnsignedLong(image.id().value(), 0, 16, 16));
        List<Detection> found = new ArrayList<>(BOXES);
        double sum = 0;
        for (int b = 0; b < BOXES; b++) {
          double confidence = random.nextDouble();
          sum += confidence;
          found.add(
              new Detection(
                  new Box(
                      random.nextDouble(WIDTH / 2),
                      random.nextDouble(HEIGHT / 2),
                      10 + random.nextDouble(WIDTH / 2 - 10),
                      10 + random.nextDouble(HEIGHT / 2 - 10)),
                  random.nextInt(CLASSES),
                  confidence));
        }
        rows.add(new Row(image.id(), 1 - sum / BOXES, found, new short[0]));
      }
      drawing.add(System.nanoTime() - start);
      return rows;
    }
  }

  /** A model that is never trained. */
  static final class NoModel implements ModelActivities {
    @Override
    public InitialModelResult initialiseModel(CampaignName campaign) {
      return new InitialModelResult(MODEL, CLASSES);
    }

    @Override
    public ModelId trainModel(TrainingRequest request) {
      throw new IllegalStateException("nobody labels anything here, so there is nothing to train");
    }
  }
}
