package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.core.ImageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prediction through a process of its own against the same work in this one, in turns.
 *
 * <p>Arguments: a model's folder, a folder of photos, turns. A turn is the same photos for each.
 */
public final class SandboxBenchmark {
  private static final int PHOTOS = 40;

  private record Photo(ImageId id, String path) {}

  private SandboxBenchmark() {}

  public static void main(String[] args) throws IOException {
    ModelFiles model = ModelFiles.at(Path.of(args[0]));
    Path folder = Path.of(args[1]);
    int turns = Integer.parseInt(args[2]);
    List<Photo> photos = photos(folder);
    Path logs = Files.createTempDirectory("sandbox-benchmark");
    try (Sandbox there = new Sandbox(new Launch(logs, 1));
        InProcess here = new InProcess(new ImageDecoder())) {
      System.out.printf(Locale.ROOT, "this process alone: %d MB%n", memory("self"));
      double start = seconds(() -> there.check(folder, photos.get(0).path()));
      System.out.printf(Locale.ROOT, "start and a first picture %.2f s%n", start);
      System.out.printf(Locale.ROOT, "its memory: %d MB%n", memoryOf(there));
      System.out.printf(Locale.ROOT, "a model %.2f s%n", seconds(() -> there.load(model)));
      double[] ratios = new double[turns];
      for (int turn = -1; turn < turns; turn++) { // one to warm up
        double inside = seconds(() -> predict(here, model, folder, photos));
        double outside = seconds(() -> predict(there, model, folder, photos));
        System.out.printf(
            Locale.ROOT,
            "in this process %.1f images/s, in its own %.1f, ratio %.3f%n",
            PHOTOS / inside,
            PHOTOS / outside,
            inside / outside);
        if (turn >= 0) {
          ratios[turn] = inside / outside;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "memory with the model: %d MB there, %d MB here%n",
          memoryOf(there),
          memory("self"));
      Arrays.sort(ratios);
      System.out.printf(Locale.ROOT, "in its own / in this %.3f%n", ratios[turns / 2]);
    }
  }

  private static void predict(PictureWork work, ModelFiles model, Path folder, List<Photo> photos) {
    photos.forEach(photo -> work.predict(model, folder, photo.id, photo.path, () -> {}));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static long memoryOf(Sandbox sandbox) throws IOException {
    return memory(Long.toString(sandbox.pid().orElseThrow()));
  }

  /** Resident, in megabytes. */
  private static long memory(String process) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
  }

  private static List<Photo> photos(Path folder) throws IOException {
    List<Photo> photos = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().limit(PHOTOS).toList()) {
        photos.add(
            new Photo(ImageStore.idOf(Files.readAllBytes(file)), file.getFileName().toString()));
      }
    }
    return photos;
  }
}
