package dev.labelloop.worker.solo;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.RgbImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Detections of the images of a folder, one after the other; none is kept. */
public final class FolderPrediction implements Iterator<ImageLabels> {
  private final Path folder;
  private final Iterator<String> paths;
  private final ImageDecoder decoder;
  private final Detector detector;
  private final double threshold;
  private final IntConsumer progress;
  private final Map<String, String> skipped = new TreeMap<>();
  private @Nullable ImageLabels next;
  private int images;
  private int boxes;

  /**
   * A prediction that has not begun.
   *
   * @param paths relative to the folder
   * @param threshold confidence from which a detection counts
   * @param progress told how many images are through
   */
  public FolderPrediction(
      Path folder,
      List<String> paths,
      ImageDecoder decoder,
      Detector detector,
      double threshold,
      IntConsumer progress) {
    this.folder = folder;
    this.paths = paths.iterator();
    this.decoder = decoder;
    this.detector = detector;
    this.threshold = threshold;
    this.progress = progress;
  }

  @Override
  public boolean hasNext() {
    while (next == null && paths.hasNext()) {
      next = predict(paths.next());
      progress.accept(images + skipped.size());
    }
    return next != null;
  }

  @Override
  public ImageLabels next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    ImageLabels current = next;
    next = null;
    return current;
  }

  private @Nullable ImageLabels predict(String path) {
    RgbImage image;
    try {
      image = decoder.decode(folder.resolve(path));
    } catch (ImageRejectedException e) {
      skipped.put(path, String.valueOf(e.getMessage()));
      return null;
    }
    List<BoxLabel> found =
        detector.detect(List.of(image)).get(0).detections().stream()
            .filter(d -> d.confidence() >= threshold)
            .map(d -> BoxLabel.scored(d.box(), d.classIndex(), d.confidence()))
            .toList();
    images++;
    boxes += found.size();
    return new ImageLabels(path, image.width(), image.height(), found);
  }

  /** Images predicted so far. */
  public int images() {
    return images;
  }

  /** Boxes found so far. */
  public int boxes() {
    return boxes;
  }

  /** Files that could not be used, with the reason. */
  public Map<String, String> skipped() {
    return skipped;
  }
}
