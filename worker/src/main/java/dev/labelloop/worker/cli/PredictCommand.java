package dev.labelloop.worker.cli;

import dev.labelloop.activities.dataset.FolderScan;
import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.coco.CocoNumbering;
import dev.labelloop.activities.format.coco.CocoResultsExporter;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.solo.FolderPrediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pre-annotation without a campaign. */
@Command(
    name = "predict",
    description = "Let a model label the images of a folder, for another tool to correct.")
final class PredictCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private FormatOptions formats;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "Safetensors file with model.json beside it, or their folder.")
  private Path model;

  @Option(names = "--images", required = true, paramLabel = "DIR", description = "The images.")
  private Path images;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "File or folder to write, as the format has it.")
  private Path out;

  @Option(
      names = "--threshold",
      paramLabel = "SHARE",
      defaultValue = "0.25",
      description = "Confidence from which a box counts (default: ${DEFAULT-VALUE}).")
  private double threshold;

  @Option(
      names = "--numbered-as",
      paramLabel = "GT.json",
      description = "COCO file whose ids coco-results takes over, so that it can be evaluated.")
  private @Nullable Path numberedAs;

  /**
   * The answer in JSON.
   *
   * @param skipped files that could not be used, with the reason
   */
  record Answer(
      int images,
      int boxes,
      double imagesPerSecond,
      Map<String, String> skipped,
      String format,
      String out) {}

  @Override
  public Integer call() {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new BadInputException("--threshold " + threshold + " must be from 0 to 1");
    }
    LabelExporter exporter =
        numberedAs != null && formats.format().equals("coco-results")
            ? new CocoResultsExporter(CocoNumbering.of(Inputs.file("--numbered-as", numberedAs)))
            : formats.exporter();
    if (Files.isDirectory(out) && !exporter.name().equals("yolo")) {
      throw new BadInputException(
          "--out " + out + " is a folder: " + exporter.name() + " is written to a file");
    }
    List<String> paths = FolderScan.imagePaths(Inputs.folder("--images", images));
    ModelFiles files = ModelFiles.at(model);
    long start = System.nanoTime();
    try (Detector detector =
            DetectorFamilies.of(ModelDescription.read(files.description())).load(files);
        ProgressView view = ProgressView.onStandardError()) {
      Pace pace = new Pace();
      FolderPrediction prediction =
          new FolderPrediction(
              images,
              paths,
              new ImageDecoder(),
              detector,
              threshold,
              done ->
                  view.show(
                      new Shown(
                          "predict",
                          done,
                          paths.size(),
                          "images",
                          pace.left(done, paths.size()),
                          "",
                          null)));
      FormatOptions.export(exporter, ClassTable.of(detector.classes()), prediction, out);
      double rate = paths.size() / ((System.nanoTime() - start) / 1e9);
      output.answer(
          new Answer(
              prediction.images(),
              prediction.boxes(),
              rate,
              prediction.skipped(),
              exporter.name(),
              out.toAbsolutePath().normalize().toString()),
          text(prediction, rate));
    }
    return 0;
  }

  private String text(FolderPrediction prediction, double rate) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d boxes on %d images (%.1f images/s) in %s%n",
            prediction.boxes(),
            prediction.images(),
            rate,
            out));
    prediction
        .skipped()
        .forEach((file, reason) -> text.append("left out: ").append(reason).append('\n'));
    return text.toString();
  }
}
