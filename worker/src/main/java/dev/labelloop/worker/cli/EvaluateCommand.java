package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.coco.CocoResult;
import dev.labelloop.activities.evaluation.coco.CocoResult.AreaFigures;
import dev.labelloop.activities.evaluation.coco.CocoResult.ClassFigures;
import dev.labelloop.activities.evaluation.coco.NumpySum;
import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** COCO or LVIS metrics of a detections file, without a campaign. */
@Command(
    name = "evaluate",
    description = {
      "Measure detections against a ground truth by COCO's rules, as pycocotools does, or by LVIS's,",
      "as lvis-api does."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private EvaluationOptions options;

  @Option(names = "--truth", required = true, paramLabel = "GT.json", description = "COCO file.")
  private Path truth;

  @Option(
      names = "--detections",
      required = true,
      paramLabel = "DT.json",
      description = "COCO results file.")
  private Path detections;

  @Option(
      names = "--curves",
      paramLabel = "FILE.json",
      description = "Where to write the precision-recall curves of all classes.")
  private @Nullable Path curves;

  @Option(
      names = "--arrays",
      paramLabel = "DIR",
      description = {
        "Folder in which to write pycocotools' arrays precision.npy, recall.npy and scores.npy."
      })
  private @Nullable Path arrays;

  @Option(
      names = "--sums",
      paramLabel = "WAY",
      defaultValue = "tree",
      description = {
        "How means are added up, which decides their last bits: tree as numpy from 2.3 on, chunked",
        "as earlier ones (default: ${DEFAULT-VALUE})."
      })
  private NumpySum sums;

  /**
   * The answer in JSON. Figures are fractions, null where undefined.
   *
   * @param stats pycocotools' 12 numbers in its order, or lvis-api's 13; -1 where undefined
   * @param names of these numbers
   * @param map over all thresholds, at the largest limit of detections
   * @param ap50 at IoU .50, likewise
   * @param perClass AP by class name
   * @param areas by name
   * @param classes by ascending category id
   */
  record Answer(
      List<Double> stats,
      List<String> names,
      @Nullable Double map,
      @Nullable Double ap50,
      Map<String, @Nullable Double> perClass,
      Map<String, AreaAnswer> areas,
      List<ClassAnswer> classes) {}

  /**
   * Figures of an area range.
   *
   * @param from square pixels, inside
   * @param to square pixels, inside
   */
  record AreaAnswer(double from, double to, @Nullable Double ap, @Nullable Double ar) {}

  /**
   * Figures of a class.
   *
   * @param truths boxes that count
   * @param detections that were looked at
   */
  record ClassAnswer(
      long id,
      String name,
      @Nullable Double ap,
      @Nullable Double ap50,
      @Nullable Double ar,
      int truths,
      int detections) {}

  @Override
  public Integer call() throws IOException {
    Path labelled = Inputs.file("--truth", truth);
    Path found = Inputs.file("--detections", detections);
    if (curves != null) {
      checkCurves(curves);
    }
    if (arrays != null && !Files.isDirectory(arrays)) {
      throw new BadInputException("--arrays " + arrays + " is no folder: make it first");
    }
    CocoResult result = CocoEvaluation.evaluate(labelled, found, options.protocol()).summedBy(sums);
    if (curves != null) {
      written("--curves", curves, result::writeCurves);
    }
    if (arrays != null) {
      written("--arrays", arrays, result::writeArrays);
    }
    Answer answer = answer(result);
    output.answer(answer, EvaluationTable.of(answer));
    return 0;
  }

  private interface Writing {
    void to(Path place) throws IOException;
  }

  /** What the system says of a full disk does not tell whose. */
  private static void written(String option, Path place, Writing writing) throws IOException {
    try {
      writing.to(place);
    } catch (IOException e) {
      throw new IOException(option + " " + place + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void checkCurves(Path file) throws IOException {
    if (!Files.isDirectory(folder(file))) {
      throw new BadInputException("--curves " + file + ": there is no folder " + folder(file));
    }
    if (Files.isDirectory(file)) {
      throw new BadInputException("--curves " + file + " is a folder: name a file in it");
    }
    refuse(file, "--truth", truth);
    refuse(file, "--detections", detections);
  }

  /** By whatever name or link. */
  private static void refuse(Path curves, String option, Path input) throws IOException {
    if (Files.exists(curves) && Files.isSameFile(curves, input)) {
      throw new BadInputException(
          "--curves " + curves + " is the file of " + option + ": name another, or it is lost");
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  private static Answer answer(CocoResult result) {
    Map<String, @Nullable Double> perClass = new LinkedHashMap<>();
    result.perClass().forEach(c -> perClass.put(c.name(), defined(c.ap())));
    Map<String, AreaAnswer> areas = new LinkedHashMap<>();
    result.perArea().forEach(a -> areas.put(a.area().name(), answer(a)));
    return new Answer(
        Arrays.stream(result.stats()).boxed().toList(),
        result.statNames(),
        defined(result.map()),
        defined(result.ap50()),
        perClass,
        areas,
        result.perClass().stream().map(EvaluateCommand::answer).toList());
  }

  private static AreaAnswer answer(AreaFigures a) {
    return new AreaAnswer(a.area().least(), a.area().most(), defined(a.ap()), defined(a.ar()));
  }

  private static ClassAnswer answer(ClassFigures c) {
    return new ClassAnswer(
        c.id(),
        c.name(),
        defined(c.ap()),
        defined(c.ap50()),
        defined(c.ar()),
        c.truths(),
        c.detections());
  }

  static @Nullable Double defined(double figure) {
    return figure == CocoResult.UNDEFINED ? null : (Double) figure;
  }
}
