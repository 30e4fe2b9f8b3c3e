package dev.labelloop.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.labelloop.core.CampaignName;
import dev.labelloop.model.TrainingSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks of a campaign; stored with it in PostgreSQL. Shares are fractions in [0, 1],
 * paths are absolute. The constants here are the one home of every default a specification may
 * leave out.
 *
 * @param name of the campaign
 * @param classes what is looked for, in the order of {@code classIndex}
 * @param images folder of pictures
 * @param holdout what the models are measured on
 */
public record CampaignSpec(
    CampaignName name,
    List<String> classes,
    String images,
    Holdout holdout,
    Model model,
    Rounds rounds,
    Selection selection,
    Review review,
    PseudoLabels pseudoLabels,
    Training training,
    Promotion promotion,
    Prediction prediction,
    Cost cost) {
  public CampaignSpec {
    classes = List.copyOf(classes);
  }

  /** The part that the workflow itself needs. */
  public LoopSettings loopSettings() {
    return new LoopSettings(
        rounds.max, rounds.targetMap, review.deadline, review.onDeadline, review.reminders.every);
  }

  /** The part that a training needs. */
  public TrainingSpec trainingSpec() {
    return new TrainingSpec(
        training.epochs, training.batch, model.input, training.rate, training.seed);
  }

  /**
   * Exactly one of the two.
   *
   * @param file COCO file with the truth of some of the images
   * @param fraction share of the images, in (0, 1), that people label first
   */
  public record Holdout(@Nullable String file, @Nullable Double fraction) {}

  /**
   * The detector.
   *
   * @param family such as {@code yolox}
   * @param size such as {@code nano}
   * @param weights safetensors file with {@code model.json} beside it, or a folder that holds both;
   *     null for a random start
   * @param input side of the square network input, pixels, a multiple of 32
   */
  public record Model(String family, String size, @Nullable String weights, int input) {
    public static final String DEFAULT_FAMILY = "yolox";
    public static final String DEFAULT_SIZE = "nano";

    /** What YOLOX-nano was trained with. */
    public static final int DEFAULT_INPUT = 416;
  }

  /** Rounds at most, and the champion's mAP (a fraction) that ends the campaign early. */
  public record Rounds(int max, @Nullable Double targetMap) {
    /** Enough to see the curve bend. */
    public static final int DEFAULT_MAX = 5;
  }

  /**
   * Who is shown to people.
   *
   * @param strategy name of a selection strategy
   * @param budget images a round as a share of the initial pool, rounded up
   * @param audit share of the budget that is drawn uniformly at random
   * @param recheck share of the budget, of what audit and verify leave, for labels that a model
   *     contradicts; absent, so 0 and no such search, in a specification from before
   */
  public record Selection(String strategy, double budget, double audit, double recheck) {
    public static final String DEFAULT_STRATEGY = "default";
    public static final double DEFAULT_BUDGET = 0.10;

    /** Calibrates and is the control arm; below a tenth it says nothing on small pools. */
    public static final double DEFAULT_AUDIT = 0.15;

    /** Time for the worst labels, without slowing the growth of the rest. */
    public static final double DEFAULT_RECHECK = 0.05;
  }

  /**
   * How people answer.
   *
   * @param tool name of a review tool
   * @param deadline of a round
   * @param onDeadline what happens then
   * @param overlap people an image, from 1
   * @param batchSize images a batch at most
   * @param truth COCO file that the simulated reviewer answers from
   * @param url of an external tool
   * @param tokenFrom name of the environment variable that holds the tool's token
   * @param simulated the simulated reviewer's faults
   * @param reminders what is told while batches wait; absent in a specification from before
   * @param ask what people are asked about; absent in a specification from before
   * @param quality how people's work is checked; absent in a specification from before
   */
  public record Review(
      String tool,
      Duration deadline,
      DeadlinePolicy onDeadline,
      int overlap,
      int batchSize,
      @Nullable String truth,
      @Nullable String url,
      @Nullable String tokenFrom,
      Simulated simulated,
      Reminders reminders,
      Asking ask,
      Quality quality) {
    public Review {
      reminders = Objects.requireNonNullElse(reminders, Reminders.DEFAULT);
      ask = Objects.requireNonNullElse(ask, Asking.IMAGES);
      quality = Objects.requireNonNullElse(quality, Quality.NONE);
    }

    public static final String DEFAULT_TOOL = "page";

    /** Long enough for a weekend. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofDays(3);

    public static final DeadlinePolicy DEFAULT_ON_DEADLINE = DeadlinePolicy.CLOSE;

    /** About ten minutes of one person's work. */
    public static final int DEFAULT_BATCH_SIZE = 50;
  }

  /** What people are asked about. */
  public enum Asking {
    /** Every object of an image. */
    @JsonProperty("images")
    IMAGES,
    /** Single boxes of the images that the strategy chose; all else as {@link #IMAGES}. */
    @JsonProperty("boxes")
    BOXES
  }

  /**
   * How people's work is checked in the built-in page.
   *
   * @param agreement mean F1 (IoU from 0.5, same class) of several people's answers to an image
   *     from which one of them settles it; below, somebody decides
   * @param probes share of the images that people see whose answer is known
   * @param blind share of the images that the strategy chose which are shown without proposals
   * @param checks share of the answered images that another person looks at again
   * @param bar F1 on probes; a person who is surely below it is paused
   */
  public record Quality(double agreement, double probes, double blind, double checks, double bar) {
    /** Two people who each find nine objects in ten, and no other, agree by about as much. */
    public static final double DEFAULT_AGREEMENT = 0.8;

    /** What the usual advice for crowds is: one in twenty. */
    public static final double DEFAULT_PROBES = 0.05;

    /** Dear, since everything is drawn anew; enough to see a pull of some points. */
    public static final double DEFAULT_BLIND = 0.05;

    /** One in twenty. */
    public static final double DEFAULT_CHECKS = 0.05;

    /** A good detector does as well without a person. */
    public static final double DEFAULT_BAR = 0.6;

    /** What people are checked by unless a specification says otherwise. */
    public static final Quality DEFAULT =
        new Quality(DEFAULT_AGREEMENT, DEFAULT_PROBES, DEFAULT_BLIND, DEFAULT_CHECKS, DEFAULT_BAR);

    /** Nobody is checked; what a specification from before means. */
    public static final Quality NONE = new Quality(DEFAULT_AGREEMENT, 0, 0, 0, 0);
  }

  /**
   * How people are told that batches wait for them.
   *
   * @param every from the publication on, as long as batches are open
   * @param urlFrom name of the environment variable of the workers on queue {@code data} that holds
   *     the address which reminders are posted to, for it may hold a secret; null: they are only
   *     logged
   */
  public record Reminders(Duration every, @Nullable String urlFrom) {
    /** Once a working day. */
    public static final Reminders DEFAULT = new Reminders(Duration.ofDays(1), null);
  }

  /**
   * Faults of the simulated reviewer; all zero answers exactly the truth.
   *
   * @param missed share of objects overlooked
   * @param wrongClass share of boxes given another class
   * @param jitterIou mean IoU lost by imprecise edges, in [0, 1)
   * @param time column of the human-time model: {@code fast}, {@code base} or {@code slow}
   */
  public record Simulated(double missed, double wrongClass, double jitterIou, String time) {
    public static final Simulated DEFAULT = new Simulated(0, 0, 0, "base");
  }

  /** How predictions become labels without a person. */
  public enum PseudoLabelMode {
    /** Not at all. */
    @JsonProperty("off")
    OFF,
    /** Above a fixed confidence, if the verify sample holds. */
    @JsonProperty("fixed")
    FIXED
  }

  /**
   * Pseudo-labels.
   *
   * @param mode how
   * @param threshold confidence from which a detection is a candidate
   * @param verify share of the budget spent on images that hold candidates
   * @param precision least share of checked candidates that must be right
   */
  public record PseudoLabels(
      PseudoLabelMode mode, double threshold, double verify, double precision) {
    public static final double DEFAULT_THRESHOLD = 0.9;
    public static final double DEFAULT_VERIFY = 0.10;
    public static final double DEFAULT_PRECISION = 0.95;
  }

  /**
   * Fine-tuning.
   *
   * @param epochs passes over the training set
   * @param batch images a step
   * @param seed of every draw in the campaign
   * @param rate peak learning rate
   */
  public record Training(int epochs, int batch, long seed, double rate) {
    public static final int DEFAULT_EPOCHS = 10;

    /** Fits 2 GB at 416 px. */
    public static final int DEFAULT_BATCH = 8;

    public static final long DEFAULT_SEED = 7;

    /** Best of the pilots with batch norm and AdamW. */
    public static final double DEFAULT_RATE = 1e-3;
  }

  /**
   * When a challenger becomes champion. Specifications from before hold the margin alone.
   *
   * @param margin gain in mAP, a fraction, that it must surely exceed; below 0 forgives a loss
   * @param confidence how sure, over all rounds of the campaign together
   * @param forgetting loss in AP, a fraction, that no class which the champion knows may surely
   *     exceed
   * @param floors least AP by class name, fractions
   * @param cluster regular expression on an image's path: images of which it finds the same text
   *     (its first group, if it has one) were taken together, such as by one camera; null: each
   *     image stands alone
   */
  public record Promotion(
      double margin,
      Double confidence,
      Double forgetting,
      Map<String, Double> floors,
      @Nullable String cluster) {
    public static final double DEFAULT_MARGIN = 0.0;

    /** One campaign in twenty may promote a model that is no better. */
    public static final double DEFAULT_CONFIDENCE = 0.95;

    /** Rarer classes move by as much when nothing was lost. */
    public static final double DEFAULT_FORGETTING = 0.05;

    public Promotion {
      confidence = Objects.requireNonNullElse(confidence, DEFAULT_CONFIDENCE);
      forgetting = Objects.requireNonNullElse(forgetting, DEFAULT_FORGETTING);
      floors = floors == null ? Map.of() : new TreeMap<>(floors);
    }

    /** Images stand alone, no class has a floor, the rest is as it is by default. */
    public static Promotion by(double margin) {
      return new Promotion(margin, DEFAULT_CONFIDENCE, DEFAULT_FORGETTING, Map.of(), null);
    }
  }

  /** Images a shard; null: a sixteenth of the pool, from 32 to 1,000. */
  public record Prediction(@Nullable Integer shardSize) {}

  /** What an hour of a person's work costs, in any currency; null: not reported. */
  public record Cost(@Nullable Double perHour) {}
}
