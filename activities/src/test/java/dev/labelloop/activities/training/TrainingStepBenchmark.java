package dev.labelloop.activities.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.sun.management.OperatingSystemMXBean;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.nn.Conv;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.activities.detector.yolox.YoloxNetwork;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * One training step, timed against PyTorch's: {@code activities/src/test/bench/training_step.py}
 * starts this and takes turns with it.
 *
 * <p>Arguments: batch and input side. For each line on standard input, a number of steps, it makes
 * that many steps (forward, assignment and loss, backward, clipping, AdamW, average) on random
 * pictures and answers with a line: milliseconds, milliseconds of processor time.
 */
public final class TrainingStepBenchmark {
  private static final int CLASSES = 5;
  private static final int BOXES = 2;

  private final YoloxNetwork network;
  private final NDManager manager;
  private final AdamW optimiser = new AdamW();
  private final YoloxLoss loss;
  private final Shape shape;
  private final float[] pixels;
  private final List<Target> targets;

  private TrainingStepBenchmark(NDManager manager, int batch, int input) throws IOException {
    this.manager = manager;
    Path folder = Files.createTempDirectory("labelloop-step");
    List<String> classes = List.of("a", "b", "c", "d", "e");
    var files = new YoloxFamily().initial("nano", classes, null, input, 1, folder).files();
    network = YoloxFamily.network(ModelDescription.read(files.description()), files.description());
    network.load(manager, Safetensors.read(files.weights()), "random weights");
    network.insertBatchNorm(manager, noPictures(), false);
    for (Conv conv : network.convolutions()) {
      conv.parameters().forEach((name, array) -> optimiser.add(name, array, 1));
    }
    loss = new YoloxLoss(new Grid(input), CLASSES);
    shape = new Shape(batch, 3, input, input);
    pixels = new float[(int) shape.size()];
    RandomGenerator random = Draws.of(1, "step");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    targets = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      targets.add(target(random, input));
    }
  }

  private static Target target(RandomGenerator random, int input) {
    List<LabelledBox> boxes = new ArrayList<>();
    for (int i = 0; i < BOXES; i++) {
      double side = input * random.nextDouble(0.1, 0.6);
      double x = random.nextDouble() * (input - side);
      double y = random.nextDouble() * (input - side);
      boxes.add(new LabelledBox(new Box(x, y, side, side), random.nextInt(CLASSES)));
    }
    return new Target(boxes, List.of(), 1);
  }

  private static YoloxNetwork.Pictures noPictures() {
    return new YoloxNetwork.Pictures() {
      @Override
      public int batches() {
        return 0;
      }

      @Override
      public NDArray batch(NDManager manager, int i) {
        throw new UnsupportedOperationException("there are none");
      }
    };
  }

  private void step() {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray value = loss.of(network.train(step.create(pixels, shape), 0.97f), targets);
      collector.backward(value);
    }
    optimiser.step(1e-4);
  }

  /** Batch, input side. */
  public static void main(String[] args) throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      JniUtils.setGradMode(false);
      var benchmark =
          new TrainingStepBenchmark(manager, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      String line = commands.readLine();
      while (line != null) {
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        int steps = Integer.parseInt(line.strip());
        for (int i = 0; i < steps; i++) {
          benchmark.step();
        }
        double wall = (System.nanoTime() - start) / 1e6 / steps;
        double spent = (system.getProcessCpuTime() - cpu) / 1e6 / steps;
        System.out.printf(Locale.ROOT, "%.1f %.1f%n", wall, spent);
        line = commands.readLine();
      }
    }
  }
}
