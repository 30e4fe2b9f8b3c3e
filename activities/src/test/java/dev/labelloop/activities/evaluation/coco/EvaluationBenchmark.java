package dev.labelloop.activities.evaluation.coco;

import com.sun.management.OperatingSystemMXBean;
import dev.labelloop.core.Draws;
import dev.labelloop.core.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The Java side of {@code activities/src/test/bench/evaluation.py}: evaluates the same two files
 * for every line on standard input, and answers CPU seconds of the whole process (compiler and
 * collector included) and the hashes of the arrays as one JSON object a line.
 */
public final class EvaluationBenchmark {
  private static final int REPLICATES = 1000;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private EvaluationBenchmark() {}

  /**
   * Arguments: ground truth, detections, and how many evaluations make one figure, for a process's
   * CPU time moves in steps of 10 ms.
   */
  public static void main(String[] arguments) throws IOException {
    Path truth = Path.of(arguments[0]);
    Path detections = Path.of(arguments[1]);
    int repeats = Integer.parseInt(arguments[2]);
    answer(truth, detections, repeats); // until the compiler is done
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(answer(truth, detections, repeats));
    }
  }

  private static String answer(Path truth, Path detections, int repeats) throws IOException {
    long start = SYSTEM.getProcessCpuTime();
    GroundTruth gt = GroundTruthReader.read(truth);
    Detections dt = DetectionReader.read(detections, gt);
    long loaded = SYSTEM.getProcessCpuTime();
    Evaluated last = evaluate(gt, dt);
    for (int i = 1; i < repeats; i++) {
      last = evaluate(gt, dt);
    }
    long evaluated = SYSTEM.getProcessCpuTime();
    bootstrap(gt, dt);
    long drawn = SYSTEM.getProcessCpuTime();
    return String.format(
        Locale.ROOT,
        "{\"load\": %.6f, \"evaluate\": %.6f, \"bootstrap\": %.6f, \"AP\": %s,"
            + " \"sha256\": [\"%s\", \"%s\", \"%s\"]}",
        (loaded - start) / 1e9,
        (evaluated - loaded) / 1e9 / repeats,
        (drawn - evaluated) / 1e9,
        last.ap,
        hash(last.result.precision()),
        hash(last.result.recall()),
        hash(last.result.scores()));
  }

  private record Evaluated(CocoResult result, double ap) {}

  private static Evaluated evaluate(GroundTruth gt, Detections dt) {
    CocoResult result = new CocoEvaluator(Protocol.STANDARD).evaluate(gt, dt);
    return new Evaluated(result, result.stats()[0]);
  }

  /**
   * Two models, matched and compared: the second finds the same boxes, and is as sure of others.
   */
  private static void bootstrap(GroundTruth gt, Detections dt) {
    RandomGenerator random = Draws.of(1, "challenger");
    BoxColumns boxes = new BoxColumns();
    double[] xywh = new double[4];
    for (int row = 0; row < dt.boxes.size; row++) {
      double score = Math.rint(random.nextDouble() * 1000) / 1000;
      boxes.add(dt.boxes.image[row], dt.boxes.category[row], dt.boxes.box(row, xywh), score);
    }
    new PairedBootstrap(
            RankedModel.of(gt, dt),
            RankedModel.of(gt, new Detections(boxes)),
            IntStream.range(0, gt.images()).toArray())
        .draw(REPLICATES, 0.01, 1, () -> {});
  }

  static String hash(double[] array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(array.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(array);
    return Sha256.hex(bytes.array());
  }
}
