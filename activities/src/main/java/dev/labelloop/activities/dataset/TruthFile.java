package dev.labelloop.activities.dataset;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads people's labels from a COCO file and finds the campaign's images that they are of. */
public final class TruthFile {
  private TruthFile() {}

  /**
   * The file's labels by image.
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

  private static List<LabelledBox> boxes(ImageLabels image) {
    return image.boxes().stream()
        .filter(label -> !label.ignore())
        .map((BoxLabel label) -> new LabelledBox(label.box(), label.classIndex()))
        .toList();
  }
}
