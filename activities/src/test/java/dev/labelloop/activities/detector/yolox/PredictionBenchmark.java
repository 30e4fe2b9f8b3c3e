package dev.labelloop.activities.detector.yolox;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.image.RgbImage;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Our YOLOX-nano against ONNX Runtime on the same weights, in turns in one process.
 *
 * <p>Arguments: the model's folder, threads, turns. A turn is 20 pictures of each. Ours is timed
 * with pixels in and logits out, as theirs is; then the whole detector on a photo's size.
 */
public final class PredictionBenchmark {
  private static final int SIDE = 416;
  private static final int CLASSES = 80;
  private static final int PICTURES = 10;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private interface Work {
    void once() throws OrtException;
  }

  /** One contestant and its times. */
  private static final class Contestant {
    private final String name;
    private final Work work;
    private final double[] rates;
    private final double[] cpu;

    Contestant(String name, int turns, Work work) {
      this.name = name;
      this.work = work;
      this.rates = new double[turns];
      this.cpu = new double[turns];
    }

    void turn(int number) throws OrtException {
      long start = System.nanoTime();
      long startCpu = SYSTEM.getProcessCpuTime();
      for (int i = 0; i < PICTURES; i++) {
        work.once();
      }
      if (number >= 0) {
        rates[number] = PICTURES / ((System.nanoTime() - start) / 1e9);
        cpu[number] = (SYSTEM.getProcessCpuTime() - startCpu) / 1e6 / PICTURES;
      }
    }

    double rate() {
      return median(rates);
    }

    void print() {
      System.out.printf(
          Locale.ROOT,
          "%-28s %6.1f images/s (best %.1f), %5.1f ms of processor time an image%n",
          name,
          rate(),
          Arrays.stream(rates).max().orElseThrow(),
          median(cpu));
    }
  }

  private PredictionBenchmark() {}

  public static void main(String[] args) throws OrtException {
    Path folder = Path.of(args[0]);
    int threads = Integer.parseInt(args[1]);
    int turns = Integer.parseInt(args[2]);
    float[] pixels = new float[3 * SIDE * SIDE];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256);
    }
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      JniUtils.setNumThreads(threads);
      JniUtils.setGradMode(false);
      options.setIntraOpNumThreads(threads);
      String onnx = folder.resolve("yolox_nano_416_coco.onnx").toString();
      Path weights = folder.resolve("yolox_nano_416_coco.safetensors");
      YoloxNetwork network = new YoloxNetwork(YoloxSize.NANO, CLASSES);
      network.load(manager, Safetensors.read(weights), weights.toString());
      RgbImage photo = new RgbImage(1024, 683, new byte[3 * 1024 * 683]);
      random.nextBytes(photo.rgb());
      try (OrtSession session = environment.createSession(onnx, options);
          YoloxDetector detector = new YoloxDetector(ModelFiles.at(weights))) {
        Contestant ours =
            new Contestant("LabelLoop", turns, () -> forward(manager, network, pixels));
        Contestant theirs =
            new Contestant("ONNX Runtime", turns, () -> forward(environment, session, pixels));
        Contestant whole =
            new Contestant(
                "LabelLoop, whole detector", turns, () -> detector.detect(List.of(photo)));
        List<Contestant> all = List.of(ours, theirs, whole);
        for (int turn = -2; turn < turns; turn++) { // two to warm up
          for (Contestant one : all) {
            one.turn(turn);
          }
        }
        all.forEach(Contestant::print);
        System.out.printf(Locale.ROOT, "LabelLoop / ONNX Runtime %.2f%n", ratio(ours, theirs));
      }
    }
  }

  /** Median of the turns' ratios: what slows the machine for a while slows both. */
  private static double ratio(Contestant a, Contestant b) {
    double[] ratios = new double[a.rates.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = a.rates[i] / b.rates[i];
    }
    return median(ratios);
  }

  private static void forward(NDManager manager, YoloxNetwork network, float[] pixels) {
    try (NDManager call = manager.newSubManager()) {
      network.infer(call.create(pixels, new Shape(1, 3, SIDE, SIDE))).logits().toFloatArray();
    }
  }

  private static void forward(OrtEnvironment environment, OrtSession session, float[] pixels)
      throws OrtException {
    long[] shape = {1, 3, SIDE, SIDE};
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      logits.get(new float[logits.remaining()]);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
