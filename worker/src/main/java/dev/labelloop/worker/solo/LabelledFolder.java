package dev.labelloop.worker.solo;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelFormats;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.activities.training.TrainingData;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Images in a folder with labels from a file, sorted by image id as a campaign's are. */
public final class LabelledFolder implements TrainingData {
  private final Path folder;
  private final ImageDecoder decoder;
  private final List<String> classes;
  private final Map<ImageId, String> paths;
  private final List<TrainingExample> examples;

  private LabelledFolder(
      Path folder,
      ImageDecoder decoder,
      List<String> classes,
      Map<ImageId, String> paths,
      List<TrainingExample> examples) {
    this.folder = folder;
    this.decoder = decoder;
    this.classes = classes;
    this.paths = paths;
    this.examples = examples;
  }

  /**
   * Reads labels: a COCO file, or a YOLO folder.
   *
   * @param classes the only classes allowed, in order; null for those of the file
   * @throws dev.labelloop.activities.format.InvalidLabelsException naming every fault
   */
  public static LabelledFolder read(
      Path folder, Path labels, @Nullable List<String> classes, ImageDecoder decoder) {
    KnownImages known = KnownImages.in(folder, decoder);
    LabelFile file =
        LabelFormats.importer(Files.isDirectory(labels) ? "yolo" : "coco")
            .read(labels, new ImportChecks(known, classes));
    if (file.images().isEmpty()) {
      throw new BadInputException(labels + " names no image: there is nothing to work on");
    }
    Map<ImageId, String> paths = new TreeMap<>();
    Map<ImageId, TrainingExample> examples = new TreeMap<>();
    for (ImageLabels image : file.images()) {
      ImageId id = ImageStore.idOf(decoder.bytes(folder.resolve(image.path())));
      paths.put(id, image.path());
      examples.put(id, example(id, image));
    }
    return new LabelledFolder(
        folder, decoder, file.classes().names(), paths, List.copyOf(examples.values()));
  }

  private static TrainingExample example(ImageId id, ImageLabels image) {
    List<LabelledBox> boxes = new ArrayList<>();
    List<Box> ignore = new ArrayList<>();
    for (BoxLabel label : image.boxes()) {
      if (label.ignore()) {
        ignore.add(label.box());
      } else {
        boxes.add(new LabelledBox(label.box(), label.classIndex()));
      }
    }
    return new TrainingExample(id, boxes, ignore, 1);
  }

  /** So many of the images, drawn uniformly; all of them if there are no more. */
  public LabelledFolder sample(int size, long seed) {
    List<TrainingExample> drawn =
        examples.stream()
            .sorted(Comparator.comparingDouble(e -> Draws.uniform(seed, e.image(), "sample")))
            .limit(size)
            .sorted(Comparator.comparing(TrainingExample::image))
            .toList();
    return with(drawn);
  }

  /** The same folder with other labels, of some or all of its images. */
  public LabelledFolder with(List<TrainingExample> others) {
    return new LabelledFolder(folder, decoder, classes, paths, List.copyOf(others));
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<TrainingExample> examples() {
    return examples;
  }

  /** Where an image lies in the folder. */
  public String path(ImageId image) {
    return Objects.requireNonNull(paths.get(image), "known image");
  }

  @Override
  public RgbImage picture(ImageId image) {
    return decoder.decode(folder.resolve(path(image)));
  }

  /** Labels of all images together. */
  public int boxes() {
    return examples.stream().mapToInt(e -> e.boxes().size()).sum();
  }
}
