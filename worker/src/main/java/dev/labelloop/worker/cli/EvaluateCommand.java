package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.coco.CocoResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** COCO metrics of a detections file, without a campaign. */
@Command(
    name = "evaluate",
    description = "Measure detections against a ground truth by COCO's rules, as pycocotools does.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(names = "--truth", required = true, paramLabel = "GT.json", description = "COCO file.")
  private Path truth;

  @Option(
      names = "--detections",
      required = true,
      paramLabel = "DT.json",
      description = "COCO results file.")
  private Path detections;

  /**
   * The answer in JSON.
   *
   * @param stats the 12 numbers in pycocotools' order, -1 where undefined
   * @param names of the 12 numbers
   * @param map the first number, a fraction; null where undefined
   * @param ap50 the second, a fraction; null where undefined
   * @param perClass AP by class name, null where undefined
   */
  record Answer(
      List<Double> stats,
      List<String> names,
      @Nullable Double map,
      @Nullable Double ap50,
      Map<String, @Nullable Double> perClass) {}

  @Override
  public Integer call() throws IOException {
    CocoResult result =
        CocoEvaluation.evaluate(
            Inputs.file("--truth", truth), Inputs.file("--detections", detections));
    List<Double> stats = Arrays.stream(result.stats()).boxed().toList();
    Map<String, @Nullable Double> perClass = new LinkedHashMap<>();
    result.perClass().forEach(c -> perClass.put(c.name(), defined(c.ap())));
    output.answer(
        new Answer(
            stats, CocoResult.STAT_NAMES, defined(stats.get(0)), defined(stats.get(1)), perClass),
        table(stats, perClass));
    return 0;
  }

  private static @Nullable Double defined(double figure) {
    return figure == CocoResult.UNDEFINED ? null : (Double) figure;
  }

  private static String table(List<Double> stats, Map<String, @Nullable Double> perClass) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < stats.size(); i++) {
      text.append(row(CocoResult.STAT_NAMES.get(i), defined(stats.get(i))));
    }
    text.append('\n');
    perClass.forEach((name, ap) -> text.append(row("AP " + name, ap)));
    return text.toString();
  }

  private static String row(String name, @Nullable Double figure) {
    return figure == null
        ? String.format(Locale.ROOT, "%-20s %6s%n", name, "-")
        : String.format(Locale.ROOT, "%-20s %6.3f%n", name, figure);
  }
}
