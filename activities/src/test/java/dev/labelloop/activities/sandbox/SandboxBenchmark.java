package dev.labelloop.activities.sandbox;

import com.sun.management.OperatingSystemMXBean;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.core.ImageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prediction through a process of its own against the same work in this one, in turns.
 *
 * <p>Arguments: a model's folder, a folder of photos, turns. A turn is 20 photos.
 */
public final class SandboxBenchmark {
  private static final int PHOTOS = 20;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

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
      double start = seconds(() -> there.check(folder, photos.get(0).path(), () -> {}));
      System.out.printf(Locale.ROOT, "start and a first picture %.2f s%n", start);
      System.out.printf(Locale.ROOT, "its memory: %d MB%n", memoryOf(there));
      System.out.printf(Locale.ROOT, "a model %.2f s%n", seconds(() -> there.load(model)));
      roundTrip(there, folder);
      double[] wall = new double[turns];
      double[] processor = new double[turns];
      for (int turn = -1; turn < turns; turn++) { // one to warm up
        Cost inside = new Cost();
        Cost outside = new Cost();
        for (Photo photo : photos) { // picture by picture: what slows the machine slows both
          inside.add(there, () -> predict(here, model, folder, photo));
          outside.add(there, () -> predict(there, model, folder, photo));
        }
        inside.print("in this process");
        outside.print("in its own");
        if (turn >= 0) {
          wall[turn] = inside.wall / outside.wall;
          processor[turn] = inside.processor / outside.processor;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "memory with the model: %d MB there, %d MB here%n",
          memoryOf(there),
          memory("self"));
      System.out.printf(
          Locale.ROOT,
          "speed of its own / of this, median of the turns: by the clock %.3f, by processor time"
              + " %.3f%n",
          median(wall),
          median(processor));
    }
  }

  /** Time by the clock and of the processor, of both processes, seconds. */
  private static final class Cost {
    private double wall;
    private double processor;

    void add(Sandbox there, Runnable work) {
      double before = processorTime(there);
      wall += seconds(work);
      processor += processorTime(there) - before;
    }

    void print(String where) {
      System.out.printf(
          Locale.ROOT,
          "%-16s %.1f images/s, %.1f ms of processor time an image%n",
          where,
          PHOTOS / wall,
          1e3 * processor / PHOTOS);
    }

    private static double processorTime(Sandbox there) {
      Duration child =
          ProcessHandle.of(there.pid().orElseThrow())
              .flatMap(process -> process.info().totalCpuDuration())
              .orElseThrow();
      return SYSTEM.getProcessCpuTime() / 1e9 + child.toNanos() / 1e9;
    }
  }

  /** Of a question whose answer takes no time: a file that is missing. */
  private static void roundTrip(Sandbox there, Path folder) {
    double[] times = new double[1_000];
    for (int i = 0; i < times.length; i++) {
      times[i] =
          seconds(
              () -> {
                try {
                  there.check(folder, "missing.jpg", () -> {});
                } catch (UncheckedIOException e) {
                  return; // as expected
                }
              });
    }
    System.out.printf(Locale.ROOT, "a question and its answer %.0f µs%n", 1e6 * median(times));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void predict(PictureWork work, ModelFiles model, Path folder, Photo photo) {
    work.predict(model, folder, photo.id, photo.path, () -> {});
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
