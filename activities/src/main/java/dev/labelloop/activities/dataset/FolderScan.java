package dev.labelloop.activities.dataset;

import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.activities.sandbox.Picture;
import dev.labelloop.activities.sandbox.PictureWork;
import dev.labelloop.core.ImageId;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads every image of a folder once: hashes it, decodes it, and keeps the bad ones apart.
 *
 * <p>Decoding at registration costs some milliseconds an image and saves the surprise of a damaged
 * file in the middle of a campaign. The result depends on the files alone, not on the thread count.
 */
public final class FolderScan {
  private final Supplier<PictureWork> pictures;
  private final int threads;

  /**
   * A scan with this many pictures at a time.
   *
   * @param pictures opened for each scan, and closed after it
   */
  public FolderScan(Supplier<PictureWork> pictures, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.pictures = pictures;
    this.threads = threads;
  }

  /**
   * Hears how far the scan is: called by several threads, at each file and before each wait for
   * one; an exception ends the scan.
   */
  public interface Progress {
    void read(int files, int ofFiles);
  }

  /**
   * What a folder holds; lists are sorted by path.
   *
   * @param images usable ones, each content once
   * @param quarantine files that cannot be used
   * @param duplicates files with the bytes of an image whose path comes first
   * @param hashes perceptual hash of each of the images
   */
  public record Result(
      List<StoredImage> images,
      List<Quarantined> quarantine,
      List<Duplicate> duplicates,
      Map<ImageId, PerceptualHash> hashes) {}

  /**
   * A file that cannot be used.
   *
   * @param path relative to the folder, with forward slashes
   * @param reason for a person: what is wrong and what mends it
   */
  public record Quarantined(String path, String reason) {}

  /** A file with the same bytes as another one; paths as in {@link StoredImage}. */
  public record Duplicate(String path, ImageId image, String first) {}

  /**
   * Scans a folder and the folders in it.
   *
   * @throws BadDatasetException if the folder is missing or holds no usable image
   * @throws UncheckedIOException if reading fails for a reason that may pass
   */
  public Result scan(Path folder, Progress progress) {
    ImageFiles.Found found = ImageFiles.under(folder);
    List<Quarantined> quarantine = new ArrayList<>(found.refused());
    List<StoredImage> images = new ArrayList<>();
    List<Duplicate> duplicates = new ArrayList<>();
    Map<ImageId, String> firsts = new HashMap<>();
    Map<ImageId, PerceptualHash> hashes = new HashMap<>();
    for (Outcome outcome : readAll(folder, found.paths(), progress)) {
      Picture picture = outcome.picture;
      if (picture == null) {
        quarantine.add(new Quarantined(outcome.path, outcome.reason));
        continue;
      }
      ImageId id = picture.id();
      String first = firsts.putIfAbsent(id, outcome.path);
      if (first == null) {
        images.add(new StoredImage(id, outcome.path, picture.width(), picture.height()));
        hashes.put(id, picture.hash());
      } else {
        duplicates.add(new Duplicate(outcome.path, id, first));
      }
    }
    quarantine.sort((a, b) -> a.path.compareTo(b.path));
    if (images.isEmpty()) {
      throw new BadDatasetException(nothingUsable(folder, quarantine));
    }
    return new Result(
        List.copyOf(images), List.copyOf(quarantine), List.copyOf(duplicates), hashes);
  }

  /**
   * The paths of a folder's image files, sorted, without a look inside; relative, with forward
   * slashes.
   *
   * @throws BadDatasetException if the folder is missing or holds no file named as an image
   */
  public static List<String> imagePaths(Path folder) {
    ImageFiles.Found found = ImageFiles.under(folder);
    if (found.paths().isEmpty()) {
      throw new BadDatasetException(nothingUsable(folder, found.refused()));
    }
    return found.paths();
  }

  private static String nothingUsable(Path folder, List<Quarantined> quarantine) {
    if (quarantine.isEmpty()) {
      return "image folder " + folder + " holds no image: put JPEG, PNG or BMP files there";
    }
    return "image folder "
        + folder
        + " holds no usable image; all "
        + quarantine.size()
        + " files are refused, the first because "
        + quarantine.get(0).reason;
  }

  /** An image, or why there is none. */
  private record Outcome(String path, @Nullable Picture picture, String reason) {}

  private static Outcome read(PictureWork work, Path folder, String path, Runnable step) {
    try {
      return new Outcome(path, work.check(folder, path, step), "");
    } catch (ImageRejectedException e) {
      return new Outcome(path, null, String.valueOf(e.getMessage()));
    }
  }

  /** The outcomes in the order of the paths. */
  private List<Outcome> readAll(Path folder, List<String> paths, Progress progress) {
    try (PictureWork work = pictures.get()) {
      return readAll(work, folder, paths, progress);
    }
  }

  private List<Outcome> readAll(
      PictureWork work, Path folder, List<String> paths, Progress progress) {
    Outcome[] outcomes = new Outcome[paths.size()];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable step = () -> progress.read(done.get(), outcomes.length);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        workers.add(
            pool.submit(
                () -> {
                  int i = next.getAndIncrement();
                  while (i < outcomes.length && !Thread.currentThread().isInterrupted()) {
                    outcomes[i] = read(work, folder, paths.get(i), step);
                    progress.read(done.incrementAndGet(), outcomes.length);
                    i = next.getAndIncrement();
                  }
                }));
      }
      for (Future<?> worker : workers) {
        await(worker);
      }
    } finally {
      pool.shutdownNow();
    }
    return List.of(outcomes);
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the scan was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("the scan failed", e.getCause());
    }
  }
}
