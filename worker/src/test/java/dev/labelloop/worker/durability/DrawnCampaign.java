package dev.labelloop.worker.durability;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.worker.demo.DemoDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A campaign on drawn scenes, small enough to be run many times, that people answer over HTTP.
 *
 * @param specification file
 * @param truth labels of the pool, by path in the image folder
 * @param answers the same for {@link Reviewer}: JSON, by image id
 */
record DrawnCampaign(
    CampaignName name, Path specification, Map<String, List<LabelledBox>> truth, Path answers) {
  static final int ROUNDS = 2;
  static final int POOL = 64;
  static final int HOLDOUT = 12;

  /** 4 images each. */
  static final int SHARDS = 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Draws the scenes and a model, and writes the specification, all into this folder. */
  static DrawnCampaign draw(Path folder, CampaignName name) throws IOException {
    DemoDataset scenes = DemoDataset.draw(folder.resolve("scenes"), POOL, HOLDOUT, 11);
    List<ImageLabels> labels =
        new CocoImporter().read(scenes.truth(), ImportChecks.ANY).images().stream().toList();
    Map<String, List<LabelledBox>> truth =
        labels.stream().collect(Collectors.toMap(ImageLabels::path, DrawnCampaign::boxes));
    Path weights = Files.createDirectory(folder.resolve("weights"));
    // Random, but a model that knows the classes: so round 1 is predicted.
    DetectorFamilies.named("yolox").initial("nano", DemoDataset.classes(), null, 96, 1, weights);
    Path specification = folder.resolve(name + ".yaml");
    Files.writeString(specification, specification(name, scenes, weights));
    return new DrawnCampaign(name, specification, truth, answers(folder, scenes, truth));
  }

  private static List<LabelledBox> boxes(ImageLabels image) {
    return image.boxes().stream().map(b -> new LabelledBox(b.box(), b.classIndex())).toList();
  }

  private static Path answers(Path folder, DemoDataset scenes, Map<String, List<LabelledBox>> truth)
      throws IOException {
    ObjectNode all = JSON.createObjectNode();
    for (Map.Entry<String, List<LabelledBox>> image : truth.entrySet()) {
      byte[] bytes = Files.readAllBytes(scenes.images().resolve(image.getKey()));
      ArrayNode boxes = all.putArray(Sha256.hex(bytes));
      for (LabelledBox label : image.getValue()) {
        boxes
            .addObject()
            .put("x", label.box().x())
            .put("y", label.box().y())
            .put("width", label.box().width())
            .put("height", label.box().height())
            .put("class", DemoDataset.classes().get(label.classIndex()));
      }
    }
    Path answers = folder.resolve("answers.json");
    JSON.writeValue(answers.toFile(), all);
    return answers;
  }

  private static String specification(CampaignName name, DemoDataset scenes, Path weights) {
    return """
        name: %s
        classes: [%s]
        images: %s
        holdout: %s
        model: {weights: %s, input: 96}
        rounds: {max: %d}
        selection: {budget: 25%%}
        review: {tool: page, batchSize: 8}
        pseudoLabels: {mode: fixed, threshold: 0.5}
        training: {epochs: 12, batch: 8, seed: 3}
        promotion: {margin: -1, forgetting: 1}
        prediction: {shardSize: %d}
        """
        .formatted(
            name,
            String.join(", ", DemoDataset.classes()),
            scenes.images(),
            scenes.gold(),
            weights,
            ROUNDS,
            POOL / SHARDS);
  }
}
