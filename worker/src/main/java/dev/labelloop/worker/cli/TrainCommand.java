package dev.labelloop.worker.cli;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.evaluation.coco.MapScore;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.model.TrainingSpec;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.solo.LabelledFolder;
import dev.labelloop.worker.solo.Measurement;
import dev.labelloop.worker.solo.SoloTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One training without a campaign. */
@Command(
    name = "train",
    description = {
      "Train a detector on labelled images and measure it on others, without a campaign.",
      "The same command with the same --out goes on where it was stopped; a finished training is",
      "only measured again."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(names = "--images", required = true, paramLabel = "DIR", description = "The images.")
  private Path images;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "FILE",
      description = "COCO file, or YOLO folder, to learn from.")
  private Path labels;

  @Option(
      names = "--holdout",
      required = true,
      paramLabel = "FILE",
      description = "COCO file, or YOLO folder, to measure on.")
  private Path holdout;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "Safetensors file with model.json beside it, or their folder; default: random weights.")
  private @Nullable Path weights;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "yolox-nano",
      description = "Architecture of random weights (default: ${DEFAULT-VALUE}).")
  private String architecture;

  @Option(names = "--epochs", description = "Passes over the images (default: ${DEFAULT-VALUE}).")
  private int epochs = CampaignSpec.Training.DEFAULT_EPOCHS;

  @Option(names = "--batch", description = "Images a step (default: ${DEFAULT-VALUE}).")
  private int batch = CampaignSpec.Training.DEFAULT_BATCH;

  @Option(
      names = "--input",
      description = "Side of the network's input, a multiple of 32 (default: ${DEFAULT-VALUE}).")
  private int input = CampaignSpec.Model.DEFAULT_INPUT;

  @Option(names = "--seed", description = "Of every draw (default: ${DEFAULT-VALUE}).")
  private long seed = CampaignSpec.Training.DEFAULT_SEED;

  @Option(names = "--rate", description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
  private double rate = CampaignSpec.Training.DEFAULT_RATE;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Learn from N images drawn at random; default: from all.")
  private @Nullable Integer sample;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the model is kept; without it the model is only measured.")
  private @Nullable Path out;

  /**
   * The report in JSON.
   *
   * @param map on the holdout, a fraction
   * @param ap50 on the holdout, a fraction
   * @param perClass AP by class name; classes that the holdout lacks are left out
   * @param images learnt from
   * @param boxes learnt from
   * @param holdoutImages measured on
   * @param secondsPerStep mean of this attempt
   * @param seconds of the whole command
   * @param model its id
   * @param weights where it is kept; null if it is not
   */
  record Report(
      double map,
      double ap50,
      Map<String, Double> perClass,
      int images,
      int boxes,
      int holdoutImages,
      int epochs,
      int steps,
      double secondsPerStep,
      double seconds,
      ModelId model,
      @Nullable String weights) {}

  @Override
  public Integer call() throws IOException {
    checkNumbers();
    ImageDecoder decoder = new ImageDecoder();
    Inputs.folder("--images", images);
    LabelledFolder data =
        LabelledFolder.read(images, Inputs.existing("--labels", labels), null, decoder);
    if (sample != null) {
      data = data.sample(sample, seed);
    }
    LabelledFolder measure =
        LabelledFolder.read(images, Inputs.existing("--holdout", holdout), data.classes(), decoder);
    requireApart(data, measure);
    Report report;
    if (out == null) {
      Path folder = Files.createTempDirectory("labelloop-train");
      try {
        report = train(data, measure, folder, null);
      } finally {
        Folders.delete(folder);
      }
    } else {
      report = train(data, measure, out, out.toAbsolutePath().normalize());
    }
    output.answer(report, text(report));
    return 0;
  }

  private Report train(
      LabelledFolder data, LabelledFolder measure, Path folder, @Nullable Path kept) {
    long start = System.nanoTime();
    ModelFiles from = weights == null ? null : ModelFiles.at(weights);
    String name =
        from == null ? architecture : ModelDescription.read(from.description()).architecture();
    DetectorFamily family = family(name);
    TrainingSpec spec = new TrainingSpec(epochs, batch, input, rate, seed);
    try (ProgressView view = ProgressView.onStandardError()) {
      StepClock clock = new StepClock(view);
      ModelFiles model =
          new SoloTraining(family, size(name), from, spec).train(data, folder, clock::step);
      MapScore score;
      try (Detector detector = family.load(model)) {
        Pace pace = new Pace();
        int total = measure.examples().size();
        score =
            Measurement.of(
                detector,
                measure,
                done ->
                    view.show(
                        new Shown(
                            "evaluate", done, total, "images", pace.left(done, total), "", null)));
      }
      Map<String, Double> perClass = new LinkedHashMap<>();
      score.classes().forEach(c -> perClass.put(data.classes().get(c.classIndex()), c.ap()));
      return new Report(
          score.score().map(),
          score.score().ap50(),
          perClass,
          data.examples().size(),
          data.boxes(),
          measure.examples().size(),
          epochs,
          clock.steps(),
          clock.secondsPerStep(),
          (System.nanoTime() - start) / 1e9,
          Safetensors.hash(Safetensors.read(model.weights())),
          kept == null ? null : kept.toString());
    }
  }

  /** A model that is measured on what it was trained on looks better than it is. */
  private void requireApart(LabelledFolder data, LabelledFolder measure) {
    Set<ImageId> learnt =
        data.examples().stream().map(TrainingExample::image).collect(Collectors.toSet());
    List<String> both =
        measure.examples().stream()
            .map(TrainingExample::image)
            .filter(learnt::contains)
            .map(measure::path)
            .toList();
    if (!both.isEmpty()) {
      throw new BadInputException(
          "--holdout "
              + holdout
              + " has "
              + both.size()
              + " images that --labels has too, such as "
              + both.get(0)
              + ": measure on images that are not learnt from");
    }
  }

  private void checkNumbers() {
    require(epochs > 0, "--epochs " + epochs + " must be at least 1");
    require(batch > 0, "--batch " + batch + " must be at least 1");
    require(input > 0 && input % 32 == 0, "--input " + input + " must be a multiple of 32");
    require(rate > 0 && rate <= 1, "--rate " + rate + " must be above 0 and at most 1");
    require(sample == null || sample > 0, "--sample " + sample + " must be at least 1");
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new BadInputException(problem);
    }
  }

  private static DetectorFamily family(String architecture) {
    return DetectorFamilies.ALL.stream()
        .filter(f -> f.sizes().stream().anyMatch(s -> architecture.equals(f.name() + "-" + s)))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "architecture '" + architecture + "' is unknown: use yolox-nano, -tiny or -s"));
  }

  private static String size(String architecture) {
    return architecture.substring(architecture.lastIndexOf('-') + 1);
  }

  private static String text(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "mAP    %.3f%nAP50   %.3f%n", report.map, report.ap50));
    report.perClass.forEach(
        (name, ap) -> text.append(String.format(Locale.ROOT, "  %-20s %.3f%n", name, ap)));
    text.append(
        String.format(
            Locale.ROOT,
            "%d images, %d steps, %.3f s/step%n",
            report.images,
            report.steps,
            report.secondsPerStep));
    text.append("model  ").append(report.model).append('\n');
    if (report.weights != null) {
      text.append("kept in ").append(report.weights).append('\n');
    }
    return text.toString();
  }
}
