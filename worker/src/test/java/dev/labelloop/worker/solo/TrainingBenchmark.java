package dev.labelloop.worker.solo;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.activities.evaluation.coco.MapScore;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.model.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * How well trainings from COCO's weights do on real pictures, by our own evaluation.
 *
 * <p>Arguments: the folder of data sets, the folder of models, a task or {@code all}, seeds. About
 * ten minutes a task and seed on two cores.
 */
public final class TrainingBenchmark {
  private static final int INPUT = 416;
  private static final int BATCH = 8;
  private static final double RATE = 1e-3;
  private static final int ALL = Integer.MAX_VALUE;

  /**
   * One training to measure.
   *
   * @param sample images to train with, drawn by the seed
   */
  private record Task(String name, String dataset, int sample, int epochs) {}

  private static final Task[] TASKS = {
    new Task("vehicles", "vehicles-openimages", ALL, 12),
    new Task("vehicles-100", "vehicles-openimages", 100, 20),
    new Task("bccd", "bccd", ALL, 10),
  };

  private TrainingBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path datasets = Path.of(args[0]);
    ModelFiles weights =
        ModelFiles.at(Path.of(args[1]).resolve("yolox-nano-coco/yolox_nano_416_coco.safetensors"));
    for (Task task : TASKS) {
      if (args[2].equals("all") || args[2].equals(task.name)) {
        double[] scores = new double[args.length - 3];
        for (int i = 0; i < scores.length; i++) {
          scores[i] =
              run(task, datasets.resolve(task.dataset), weights, Long.parseLong(args[i + 3]));
        }
        Arrays.sort(scores);
        System.out.printf(
            Locale.ROOT, "%s: median mAP %.3f%n", task.name, scores[scores.length / 2]);
      }
    }
  }

  private static double run(Task task, Path folder, ModelFiles weights, long seed)
      throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    Path images = folder.resolve("images");
    LabelledFolder pool =
        LabelledFolder.read(images, folder.resolve("annotations/pool.json"), null, decoder)
            .sample(task.sample, seed);
    LabelledFolder gold =
        LabelledFolder.read(
            images, folder.resolve("annotations/gold.json"), pool.classes(), decoder);
    TrainingSpec spec = new TrainingSpec(task.epochs, BATCH, INPUT, RATE, seed);
    Path out = Files.createTempDirectory("training-benchmark");
    try {
      long start = System.nanoTime();
      ModelFiles trained =
          new SoloTraining(new YoloxFamily(), "nano", weights, spec)
              .train(pool, out, TrainingBenchmark::show);
      double seconds = (System.nanoTime() - start) / 1e9;
      try (Detector detector = new YoloxFamily().load(trained)) {
        MapScore score = Measurement.of(detector, gold, done -> {});
        System.out.printf(
            Locale.ROOT,
            "%s seed %d: mAP %.3f, AP50 %.3f; %d images, %d epochs, %.0f s%n",
            task.name,
            seed,
            score.score().map(),
            score.score().ap50(),
            pool.examples().size(),
            task.epochs,
            seconds);
        return score.score().map();
      }
    } finally {
      Folders.delete(out);
    }
  }

  private static void show(int step, int steps, double loss) {
    if (step % 50 == 0) {
      System.err.printf(Locale.ROOT, "step %d of %d, loss %.2f%n", step, steps, loss);
    }
  }
}
