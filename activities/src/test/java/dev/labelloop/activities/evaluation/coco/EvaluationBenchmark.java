package dev.labelloop.activities.evaluation.coco;

import com.sun.management.OperatingSystemMXBean;
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

/**
 * The Java side of {@code activities/src/test/bench/evaluation.py}: evaluates the same two files
 * for every line on standard input, and answers CPU seconds of the whole process (compiler and
 * collector included) and the hashes of the arrays as one JSON object a line.
 */
public final class EvaluationBenchmark {
  /** A process's CPU time moves in steps of 10 ms, so several evaluations make one figure. */
  private static final int REPEATS = 20;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private EvaluationBenchmark() {}

  /** Arguments: ground truth, detections. */
  public static void main(String[] files) throws IOException {
    Path truth = Path.of(files[0]);
    Path detections = Path.of(files[1]);
    answer(truth, detections); // REPEATS times: until the compiler is done
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(answer(truth, detections));
    }
  }

  private static String answer(Path truth, Path detections) throws IOException {
    long start = SYSTEM.getProcessCpuTime();
    GroundTruth gt = GroundTruthReader.read(truth);
    Detections dt = DetectionReader.read(detections, gt);
    long loaded = SYSTEM.getProcessCpuTime();
    Evaluated last = evaluate(gt, dt);
    for (int i = 1; i < REPEATS; i++) {
      last = evaluate(gt, dt);
    }
    long evaluated = SYSTEM.getProcessCpuTime();
    return String.format(
        Locale.ROOT,
        "{\"load\": %.6f, \"evaluate\": %.6f, \"AP\": %s, \"sha256\": [\"%s\", \"%s\", \"%s\"]}",
        (loaded - start) / 1e9,
        (evaluated - loaded) / 1e9 / REPEATS,
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

  static String hash(double[] array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(array.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(array);
    return Sha256.hex(bytes.array());
  }
}
