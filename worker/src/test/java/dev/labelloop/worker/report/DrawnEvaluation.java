package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.CampaignReport.Worst;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.worker.demo.DemoDataset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Why a made-up model fails on drawn scenes: it makes every type of error, often. */
final class DrawnEvaluation {
  static final ModelId MODEL = new ModelId(hash("model"));

  private final Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
  private final Map<ImageId, List<Detection>> found = new TreeMap<>();
  private final Map<ImageId, ImageLabels> images = new HashMap<>();
  private final Random random = new Random(7);
  private final DemoDataset scenes;

  private DrawnEvaluation(Path folder, int pictures) {
    scenes = DemoDataset.draw(folder, 1, pictures, 7);
    for (ImageLabels image : new CocoImporter().read(scenes.gold(), ImportChecks.ANY).images()) {
      ImageId id = new ImageId(hash(image.path()));
      images.put(id, image);
      truth.put(
          id, image.boxes().stream().map(b -> new LabelledBox(b.box(), b.classIndex())).toList());
      found.put(id, detections(image));
    }
  }

  /** Draws scenes into a folder, and judges the model on them. */
  static Failures failures(Path folder, int pictures) {
    DrawnEvaluation drawn = new DrawnEvaluation(folder, pictures);
    ErrorAnalysis analysis = ErrorAnalysis.of(drawn.truth, drawn.found, DemoDataset.classes());
    List<Worst> worst =
        analysis.worst().stream()
            .map(
                picture -> {
                  ImageLabels image = drawn.images.get(picture.image());
                  Path file = drawn.scenes.images().resolve(image.path());
                  return new Worst(picture, file, image.width(), image.height());
                })
            .toList();
    return new Failures(MODEL, analysis, worst);
  }

  private List<Detection> detections(ImageLabels image) {
    List<Detection> detections = new ArrayList<>();
    for (BoxLabel object : image.boxes()) {
      int other = (object.classIndex() + 1) % DemoDataset.classes().size();
      switch (random.nextInt(9)) {
        case 0 -> {} // missed
        case 1 -> add(detections, object.box(), other);
        case 2 -> add(detections, moved(object.box(), 0.5), object.classIndex());
        case 3 -> add(detections, moved(object.box(), 0.6), other);
        case 4 -> {
          add(detections, moved(object.box(), 0.05), object.classIndex());
          add(detections, moved(object.box(), 0.1), object.classIndex());
        }
        default -> add(detections, moved(object.box(), 0.08), object.classIndex());
      }
    }
    if (random.nextInt(3) == 0) {
      add(detections, new Box(random.nextInt(90), random.nextInt(90), 50, 40), random.nextInt(3));
    }
    return detections;
  }

  private void add(List<Detection> detections, Box box, int classIndex) {
    detections.add(new Detection(box, classIndex, 0.2 + 0.8 * random.nextDouble()));
  }

  /** The box, moved by a share of its width. */
  private static Box moved(Box box, double share) {
    return new Box(box.x() + share * box.width(), box.y(), box.width(), box.height());
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
