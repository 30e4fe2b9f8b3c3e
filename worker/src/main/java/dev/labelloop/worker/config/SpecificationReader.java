package dev.labelloop.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.Asking;
import dev.labelloop.campaign.CampaignSpec.Cost;
import dev.labelloop.campaign.CampaignSpec.Holdout;
import dev.labelloop.campaign.CampaignSpec.Model;
import dev.labelloop.campaign.CampaignSpec.Prediction;
import dev.labelloop.campaign.CampaignSpec.Promotion;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.campaign.CampaignSpec.PseudoLabels;
import dev.labelloop.campaign.CampaignSpec.Quality;
import dev.labelloop.campaign.CampaignSpec.Reminders;
import dev.labelloop.campaign.CampaignSpec.Review;
import dev.labelloop.campaign.CampaignSpec.Rounds;
import dev.labelloop.campaign.CampaignSpec.Selection;
import dev.labelloop.campaign.CampaignSpec.Simulated;
import dev.labelloop.campaign.CampaignSpec.Training;
import dev.labelloop.campaign.DeadlinePolicy;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a campaign specification. Strict: an unknown key, a value out of range or a missing file is
 * an error that names the file, the key, the value and the mend; all of them are told together.
 */
public final class SpecificationReader {
  private static final CampaignName UNREAD = new CampaignName("unread");

  private final Offer offer;
  private final Path workingFolder;

  /**
   * A reader.
   *
   * @param workingFolder what relative paths of {@code --set} are relative to
   */
  public SpecificationReader(Offer offer, Path workingFolder) {
    this.offer = offer;
    this.workingFolder = workingFolder;
  }

  /**
   * Reads a file.
   *
   * @param overrides {@code key=value} pairs that win over the file
   * @throws BadInputException with every problem found
   */
  public CampaignSpec read(Path file, List<String> overrides) {
    List<String> problems = new ArrayList<>();
    Section root = Section.root(SpecificationText.read(file, overrides), workingFolder, problems);
    List<String> classes = classes(root);
    CampaignSpec spec =
        new CampaignSpec(
            name(root),
            classes,
            required(root, "images", root.existing("images", true, false, "a folder of pictures")),
            holdout(root),
            model(root.section("model")),
            rounds(root.section("rounds")),
            selection(root),
            review(root.section("review")),
            pseudoLabels(root.section("pseudoLabels")),
            training(root.section("training")),
            promotion(root.section("promotion"), classes),
            prediction(root.section("prediction")),
            cost(root.section("cost")));
    sharesFit(root, spec);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return spec;
  }

  private static void sharesFit(Section root, CampaignSpec spec) {
    PseudoLabels labels = spec.pseudoLabels();
    double verify = labels.mode() == PseudoLabelMode.OFF ? 0 : labels.verify();
    if (spec.selection().audit() + verify > 1) {
      root.problem(
          "selection",
          "audit "
              + spec.selection().audit()
              + " and pseudoLabels.verify "
              + verify
              + " are shares of one budget, together they must be at most 1");
    }
  }

  private static CampaignName name(Section root) {
    String name = required(root, "name", root.text("name"));
    try {
      return name.isEmpty() ? UNREAD : new CampaignName(name);
    } catch (IllegalArgumentException e) {
      root.problem(
          "name",
          "is '"
              + name
              + "', must be 1 to 64 letters, digits, '.', '_' or '-' and begin with a letter or"
              + " digit");
      return UNREAD;
    }
  }

  private static List<String> classes(Section root) {
    List<String> classes = root.texts("classes");
    if (classes.isEmpty()) {
      root.problem("classes", "is empty, name at least one class, such as [Car]");
    }
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      if (!seen.add(name)) {
        root.problem("classes", "names '" + name + "' twice, name each class once");
      }
    }
    return classes;
  }

  private static Holdout holdout(Section root) {
    JsonNode value = root.get("holdout");
    if (value == null) {
      root.problem(
          "holdout",
          "is missing: give a COCO file with the truth of some images, or a share such as 15% that"
              + " people label first");
      return new Holdout(null, null);
    }
    if (Section.number(value) != null) {
      return new Holdout(null, root.number("holdout", 0.5, Range.PART));
    }
    return new Holdout(root.existing("holdout", false, true, "a COCO file"), null);
  }

  private Model model(Section model) {
    Map<String, String> families = self(offer.sizes().keySet());
    String family = model.choice("family", Model.DEFAULT_FAMILY, families, Map.of());
    List<String> sizes = offer.sizes().getOrDefault(family, List.of());
    String size = model.choice("size", Model.DEFAULT_SIZE, self(sizes), Map.of());
    int input = model.whole("input", Model.DEFAULT_INPUT, 64, 2048);
    if (input % 32 != 0) {
      int lower = input / 32 * 32;
      model.problem(
          "input",
          "is " + input + ", must be a multiple of 32, such as " + lower + " or " + (lower + 32));
    }
    return new Model(
        family,
        size,
        model.existing("weights", true, true, "a safetensors file or a folder that holds one"),
        input);
  }

  private static Rounds rounds(Section rounds) {
    return new Rounds(
        rounds.whole("max", Rounds.DEFAULT_MAX, 1, 1000),
        rounds.numberOrNull("targetMap", Range.POSITIVE_SHARE));
  }

  private Selection selection(Section root) {
    Section selection = root.section("selection");
    return new Selection(
        selection.choice(
            "strategy", Selection.DEFAULT_STRATEGY, self(offer.strategies()), Map.of()),
        selection.number("budget", Selection.DEFAULT_BUDGET, Range.POSITIVE_SHARE),
        selection.number("audit", Selection.DEFAULT_AUDIT, Range.SHARE),
        selection.number("recheck", Selection.DEFAULT_RECHECK, Range.SHARE));
  }

  private Review review(Section review) {
    Map<String, String> later =
        Map.of("labelstudio", "tool: page or simulated", "cvat", "tool: page or simulated");
    String tool = review.choice("tool", Review.DEFAULT_TOOL, self(offer.tools()), later);
    String truth = review.existing("truth", false, true, "a COCO file");
    boolean simulated = tool.equals("simulated");
    if (simulated && !review.has("truth")) {
      review.problem(
          "truth", "is missing: tool 'simulated' answers from a COCO file, name it as truth");
    }
    if (!simulated && review.has("truth")) {
      review.problem("truth", "is only for tool: simulated; take it out or change the tool");
    }
    for (String key : List.of("url", "tokenFrom")) {
      if (review.has(key)) {
        review.problem(key, "is only for external tools, which are not available yet; take it out");
      }
    }
    return new Review(
        tool,
        review.duration("deadline", Review.DEFAULT_DEADLINE),
        review.choice(
            "onDeadline",
            Review.DEFAULT_ON_DEADLINE,
            Map.of(
                "close", DeadlinePolicy.CLOSE,
                "extend", DeadlinePolicy.EXTEND,
                "fail", DeadlinePolicy.FAIL),
            Map.of()),
        review.whole("overlap", 1, 1, 10),
        review.whole("batchSize", Review.DEFAULT_BATCH_SIZE, 1, 1000),
        truth,
        null,
        null,
        simulated(review.section("simulated")),
        reminders(review.section("reminders")),
        review.choice(
            "ask", Asking.IMAGES, Map.of("images", Asking.IMAGES, "boxes", Asking.BOXES), Map.of()),
        quality(review.section("quality")));
  }

  private static Quality quality(Section quality) {
    Quality usual = Quality.DEFAULT;
    return new Quality(
        quality.number("agreement", usual.agreement(), Range.SHARE),
        quality.number("probes", usual.probes(), Range.SHARE_BELOW_ONE),
        quality.number("blind", usual.blind(), Range.SHARE),
        quality.number("checks", usual.checks(), Range.SHARE),
        quality.number("bar", usual.bar(), Range.SHARE));
  }

  private static Simulated simulated(Section faults) {
    Simulated none = Simulated.DEFAULT;
    return new Simulated(
        faults.number("missed", none.missed(), Range.SHARE),
        faults.number("wrongClass", none.wrongClass(), Range.SHARE),
        faults.number("jitterIou", none.jitterIou(), Range.SHARE_BELOW_ONE),
        faults.choice("time", none.time(), self(List.of("fast", "base", "slow")), Map.of()));
  }

  private static Reminders reminders(Section reminders) {
    String urlFrom = reminders.text("urlFrom");
    if (urlFrom != null && !urlFrom.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      reminders.problem(
          "urlFrom",
          "must be the name of an environment variable, such as CHAT_URL, that holds the address:"
              + " a specification is stored, and shown to many");
    }
    return new Reminders(reminders.duration("every", Reminders.DEFAULT.every()), urlFrom);
  }

  private static PseudoLabels pseudoLabels(Section labels) {
    PseudoLabelMode mode =
        labels.choice(
            "mode",
            PseudoLabelMode.FIXED,
            Map.of("fixed", PseudoLabelMode.FIXED, "off", PseudoLabelMode.OFF),
            Map.of("certified", "mode: fixed"));
    boolean certified = "certified".equals(labels.text("mode"));
    if (labels.has("confidence") && !certified) { // told once, by the mode
      labels.problem(
          "confidence", "is only for mode: certified, which is not available yet; take it out");
    }
    return new PseudoLabels(
        mode,
        labels.number("threshold", PseudoLabels.DEFAULT_THRESHOLD, Range.SHARE),
        labels.number("verify", PseudoLabels.DEFAULT_VERIFY, Range.SHARE),
        labels.number("precision", PseudoLabels.DEFAULT_PRECISION, Range.SHARE));
  }

  private static Training training(Section training) {
    return new Training(
        training.whole("epochs", Training.DEFAULT_EPOCHS, 1, 10_000),
        training.whole("batch", Training.DEFAULT_BATCH, 1, 1024),
        training.whole("seed", Training.DEFAULT_SEED, 0, Long.MAX_VALUE),
        training.number("rate", Training.DEFAULT_RATE, Range.RATE));
  }

  private static Promotion promotion(Section promotion, List<String> classes) {
    return new Promotion(
        promotion.number("margin", Promotion.DEFAULT_MARGIN, Range.GAIN),
        promotion.number("confidence", Promotion.DEFAULT_CONFIDENCE, Range.CONFIDENCE),
        promotion.number("forgetting", Promotion.DEFAULT_FORGETTING, Range.SHARE),
        promotion.numbers("floors", classes, Range.SHARE),
        cluster(promotion));
  }

  private static @Nullable String cluster(Section promotion) {
    String expression = promotion.text("cluster");
    if (expression == null) {
      return null;
    }
    try {
      return Pattern.compile(expression).pattern();
    } catch (PatternSyntaxException e) {
      promotion.problem(
          "cluster",
          "is '"
              + expression
              + "', must be a regular expression on an image's path, such as '^(cam[0-9]+)/': "
              + e.getDescription());
      return null;
    }
  }

  private static Prediction prediction(Section prediction) {
    return new Prediction(
        prediction.has("shardSize") ? (Integer) prediction.whole("shardSize", 1, 1, 5000) : null);
  }

  private static Cost cost(Section cost) {
    return new Cost(cost.numberOrNull("perHour", Range.MONEY));
  }

  private static String required(Section root, String key, @Nullable String value) {
    if (value == null && !root.has(key)) {
      root.problem(key, "is missing");
    }
    return value == null ? "" : value;
  }

  private static Map<String, String> self(Collection<String> words) {
    return words.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
  }
}
