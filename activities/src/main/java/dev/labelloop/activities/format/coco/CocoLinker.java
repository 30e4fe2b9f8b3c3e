package dev.labelloop.activities.format.coco;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.coco.CocoDocument.Annotation;
import dev.labelloop.activities.format.coco.CocoDocument.Category;
import dev.labelloop.activities.format.coco.CocoDocument.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings a COCO file's lists together and notes what does not fit. */
final class CocoLinker {
  private final CocoDocument document;
  private final ImportChecks checks;
  private final Problems problems;
  private final Map<Long, String> categoryNames = new LinkedHashMap<>();
  private final Map<String, Integer> classIndexes = new HashMap<>();
  private final Map<Long, Target> targets = new LinkedHashMap<>();

  /** An image that gathers its boxes; without a size it was at fault. */
  private record Target(String path, @Nullable ImageSize size, List<BoxLabel> boxes) {}

  CocoLinker(CocoDocument document, ImportChecks checks, Problems problems) {
    this.document = document;
    this.checks = checks;
    this.problems = problems;
  }

  /** The labels; not to be used if there is a problem. */
  LabelFile link() {
    ClassTable classes = classes();
    for (ClassTable.Entry entry : classes.entries()) {
      classIndexes.put(entry.name(), classIndexes.size());
    }
    linkImages();
    document.annotations().forEach(this::linkAnnotation);
    List<ImageLabels> images = new ArrayList<>();
    for (Target target : targets.values()) {
      if (target.size != null) {
        images.add(
            new ImageLabels(target.path, target.size.width(), target.size.height(), target.boxes));
      }
    }
    return new LabelFile(classes, images);
  }

  private ClassTable classes() {
    List<ClassTable.Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Category category : document.categories()) {
      if (category.id() < 0 || category.id() > Integer.MAX_VALUE) {
        problems.add(category.at() + ": id " + category.id() + " must lie in [0, 2147483647]");
      } else if (categoryNames.putIfAbsent(category.id(), category.name()) != null) {
        problems.add(
            category.at()
                + ": another category has the id "
                + category.id()
                + ": give each its own");
      } else if (!names.add(category.name())) {
        problems.add(
            category.at() + ": another category has the name '" + category.name() + "': join them");
      } else {
        entries.add(new ClassTable.Entry((int) category.id(), category.name()));
      }
    }
    return checks.classes() == null ? new ClassTable(entries) : ClassTable.of(checks.classes());
  }

  private void linkImages() {
    ImageGate gate = new ImageGate(checks, problems);
    for (Image image : document.images()) {
      if (targets.containsKey(image.id())) {
        problems.add(
            image.at() + ": another image has the id " + image.id() + ": give each its own");
      } else {
        ImageSize size =
            gate.size(image.at(), "file_name", image.path(), image.width(), image.height());
        targets.put(image.id(), new Target(image.path(), size, new ArrayList<>()));
      }
    }
  }

  private void linkAnnotation(Annotation annotation) {
    Target target = targets.get(annotation.image());
    if (target == null) {
      problems.add(
          annotation.at()
              + ": image_id "
              + annotation.image()
              + " is not in 'images': add the image or leave the annotation out");
    }
    Integer classIndex = classIndex(annotation);
    if (target == null || target.size == null || classIndex == null) {
      return; // noted already
    }
    BoxChecks.checked(
            annotation.x(),
            annotation.y(),
            annotation.width(),
            annotation.height(),
            new ImageLocation(annotation.at(), target.path, target.size),
            problems)
        .map(box -> new BoxLabel(box, classIndex, annotation.score(), annotation.crowd()))
        .ifPresent(target.boxes::add);
  }

  private @Nullable Integer classIndex(Annotation annotation) {
    String name = categoryNames.get(annotation.category());
    if (name == null) {
      problems.add(
          annotation.at()
              + ": category_id "
              + annotation.category()
              + " is not in 'categories' "
              + categoryNames.keySet()
              + ": add the category or correct the id");
      return null;
    }
    Integer index = classIndexes.get(name);
    if (index == null && checks.classes() != null) {
      problems.add(
          annotation.at()
              + ": category '"
              + name
              + "' is none of the classes "
              + checks.classes()
              + ": add the class or leave the annotation out");
    }
    return index;
  }
}
