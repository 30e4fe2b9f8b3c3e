package dev.labelloop.activities.dataset;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads labels that are taken for true, and finds the campaign's images that they are of. */
public final class TruthFile {
  private TruthFile() {}

  /**
   * A COCO file's labels by image.
   *
   * @param images the campaign's, whose paths the file names
   * @param refused reasons by path, of files that cannot be used
   * @param classes the campaign's; the file may name no other
   * @throws dev.labelloop.activities.format.InvalidLabelsException naming every fault
   */
  public static Map<ImageId, List<LabelledBox>> read(
      Path file, List<StoredImage> images, Map<String, String> refused, List<String> classes) {
    Map<String, ImageSize> sizes = new HashMap<>();
    Map<String, ImageId> ids = new HashMap<>();
    for (StoredImage image : images) {
      sizes.put(image.path(), new ImageSize(image.width(), image.height()));
      ids.put(image.path(), image.id());
    }
    Map<ImageId, List<LabelledBox>> labels = new TreeMap<>();
    for (ImageLabels image :
        new CocoImporter()
            .read(file, ImportChecks.of(KnownImages.of(sizes, refused), classes))
            .images()) {
      ImageId id = ids.get(image.path());
      if (id != null) {
        labels.put(id, boxes(image));
      }
    }
    return labels;
  }

  /**
   * What a file or folder knows of the images, which may be less or more than there are.
   *
   * @param images the campaign's, by every path that they lie at
   * @param classes the campaign's; the file may name no other
   * @throws dev.labelloop.activities.format.InvalidLabelsException naming every fault
   */
  public static Map<ImageId, List<LabelledBox>> readKnown(
      LabelImporter format, Path file, List<StoredImage> images, List<String> classes) {
    Map<String, StoredImage> byPath = new HashMap<>();
    images.forEach(image -> byPath.put(image.path(), image));
    Problems problems = new Problems(file);
    Map<ImageId, List<LabelledBox>> labels = new TreeMap<>();
    for (ImageLabels image : format.read(file, new ImportChecks(null, classes)).images()) {
      StoredImage stored = byPath.get(image.path());
      if (stored != null) {
        labels.put(stored.id(), inside(boxes(image), stored, problems));
      }
    }
    problems.throwIfAny();
    return labels;
  }

  private static List<LabelledBox> inside(
      List<LabelledBox> boxes, StoredImage image, Problems problems) {
    ImageLocation location =
        new ImageLocation(
            "image '" + image.path() + "'",
            image.path(),
            new ImageSize(image.width(), image.height()));
    List<LabelledBox> inside = new ArrayList<>();
    for (LabelledBox label : boxes) {
      Box box = label.box();
      BoxChecks.checked(box.x(), box.y(), box.width(), box.height(), location, problems)
          .ifPresent(cut -> inside.add(new LabelledBox(cut, label.classIndex())));
    }
    return inside;
  }

  /** Regions to be ignored are no objects. */
  private static List<LabelledBox> boxes(ImageLabels image) {
    return image.boxes().stream()
        .filter(label -> !label.ignore())
        .map((BoxLabel label) -> new LabelledBox(label.box(), label.classIndex()))
        .toList();
  }
}
