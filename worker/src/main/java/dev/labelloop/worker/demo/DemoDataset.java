package dev.labelloop.worker.demo;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.coco.CocoExporter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Drawn scenes in a folder.
 *
 * <pre>
 * images/scene-0000.png, scene-0001.jpg, …
 * gold.json     COCO truth of the holdout
 * truth.json    COCO truth of the pool, for the simulated reviewer
 * </pre>
 *
 * @param images folder of pictures
 * @param gold truth of the holdout
 * @param truth truth of the pool
 */
public record DemoDataset(Path images, Path gold, Path truth) {
  /** Every so many pictures is a JPEG; the others are PNG. */
  private static final int JPEG_EVERY = 3;

  /** Class names, in the order of {@code classIndex}. */
  public static List<String> classes() {
    return SceneDrawer.classes();
  }

  /**
   * Draws the scenes, unless the folder holds them already.
   *
   * @param pool pictures to choose from
   * @param holdout pictures to measure on
   */
  public static DemoDataset draw(Path folder, int pool, int holdout, long seed) {
    DemoDataset dataset =
        new DemoDataset(
            folder.resolve("images"), folder.resolve("gold.json"), folder.resolve("truth.json"));
    if (Files.exists(dataset.truth)) { // written last
      return dataset;
    }
    try {
      Files.createDirectories(dataset.images);
      SceneDrawer drawer = new SceneDrawer(seed);
      List<ImageLabels> labels = new ArrayList<>();
      for (int i = 0; i < holdout + pool; i++) {
        labels.add(write(drawer.scene(i), dataset.images, i));
      }
      ClassTable classes = ClassTable.of(classes());
      CocoExporter coco = new CocoExporter();
      coco.export(classes, labels.subList(0, holdout).iterator(), dataset.gold);
      coco.export(classes, labels.subList(holdout, labels.size()).iterator(), dataset.truth);
      return dataset;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot draw scenes in " + folder, e);
    }
  }

  private static ImageLabels write(Scene scene, Path folder, int index) throws IOException {
    String format = index % JPEG_EVERY == JPEG_EVERY - 1 ? "jpg" : "png";
    String name = String.format(Locale.ROOT, "scene-%04d.%s", index, format);
    BufferedImage image = scene.image();
    if (!ImageIO.write(image, format, folder.resolve(name).toFile())) {
      throw new IOException("this Java cannot write " + format);
    }
    List<BoxLabel> boxes =
        scene.boxes().stream().map(l -> BoxLabel.of(l.box(), l.classIndex())).toList();
    return new ImageLabels(name, image.getWidth(), image.getHeight(), boxes);
  }
}
