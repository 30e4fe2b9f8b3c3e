package dev.labelloop.activities.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.TrainingSpec;
import dev.labelloop.prediction.Detection;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** DATASET-DIR WEIGHTS-DIR EPOCHS SAMPLE(0=all) SEED INPUT OUT-DIR: trains, predicts gold. */
public final class TrainingBenchmark {
  private TrainingBenchmark() {}

  public static void main(String[] a) throws Exception {
    Path dir = Path.of(a[0]);
    Path out = Files.createDirectories(Path.of(a[6]));
    long seed = Long.parseLong(a[4]);
    int input = Integer.parseInt(a[5]);
    Coco pool = new Coco(dir.resolve("annotations/pool.json"), dir.resolve("images"));
    Coco gold = new Coco(dir.resolve("annotations/gold.json"), dir.resolve("images"));
    int sample = Integer.parseInt(a[3]);
    if (sample > 0) {
      pool.examples.sort(Comparator.comparingDouble(e -> Draws.uniform(seed, "s", e.image())));
      pool.examples.subList(sample, pool.examples.size()).clear();
    }
    YoloxFamily family = new YoloxFamily();
    Path w = Path.of(a[1]);
    ModelFiles weights =
        a[1].equals("-")
            ? null
            : new ModelFiles(w.resolve("yolox_nano_416_coco.safetensors"), w.resolve("model.json"));
    Path initial = Files.createDirectories(out.resolve("initial"));
    var start = family.initial("nano", pool.classes(), weights, input, seed, initial);
    System.out.println("known " + start.knownClasses());
    Path trained = Files.createDirectories(out.resolve("trained"));
    long t0 = System.nanoTime();
    long[] last = {t0};
    List<Long> times = new ArrayList<>();
    ModelFiles model =
        family.train(
            start.files(),
            pool,
            new TrainingSpec(Integer.parseInt(a[2]), 8, input, 1e-3, seed),
            new FolderCheckpoints(Files.createDirectories(out.resolve("checkpoints"))),
            (step, steps, loss) -> {
              long now = System.nanoTime();
              times.add(now - last[0]);
              last[0] = now;
              if (step % 5 == 0) {
                System.out.printf("%d/%d loss %.3f %.0f s%n", step, steps, loss, (now - t0) / 1e9);
              }
            },
            trained);
    times.sort(null);
    System.out.printf("step median %.0f ms%n", times.get(times.size() / 2) / 1e6);
    for (ModelFiles files : List.of(start.files(), model)) {
      ArrayNode results = new ObjectMapper().createArrayNode();
      try (Detector detector = family.load(files)) {
        long t1 = System.nanoTime();
        for (TrainingExample e : gold.examples) {
          for (Detection d :
              detector.detect(List.of(gold.picture(e.image()))).get(0).detections()) {
            var n = results.addObject();
            n.put("image_id", gold.ids.get(e.image()));
            n.put("category_id", gold.categories.get(d.classIndex()));
            n.putArray("bbox")
                .add(d.box().x())
                .add(d.box().y())
                .add(d.box().width())
                .add(d.box().height());
            n.put("score", d.confidence());
          }
        }
        System.out.printf(
            "predict %.1f images/s%n", gold.examples.size() / ((System.nanoTime() - t1) / 1e9));
      }
      Files.writeString(
          out.resolve(files.equals(model) ? "dt.json" : "dt0.json"), results.toString());
    }
  }

  private static final class Coco implements TrainingData {
    final List<TrainingExample> examples = new ArrayList<>();
    final Map<ImageId, Path> files = new HashMap<>();
    final Map<ImageId, Integer> ids = new HashMap<>();
    final List<Integer> categories = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Coco(Path json, Path images) throws Exception {
      JsonNode root = new ObjectMapper().readTree(json.toFile());
      for (JsonNode c : root.get("categories")) {
        categories.add(c.get("id").asInt());
        names.add(c.get("name").asText());
      }
      Map<Integer, List<LabelledBox>> boxes = new LinkedHashMap<>();
      for (JsonNode i : root.get("images")) {
        boxes.put(i.get("id").asInt(), new ArrayList<>());
      }
      for (JsonNode x : root.get("annotations")) {
        JsonNode b = x.get("bbox");
        boxes
            .get(x.get("image_id").asInt())
            .add(
                new LabelledBox(
                    new Box(
                        b.get(0).asDouble(),
                        b.get(1).asDouble(),
                        b.get(2).asDouble(),
                        b.get(3).asDouble()),
                    categories.indexOf(x.get("category_id").asInt())));
      }
      for (JsonNode i : root.get("images")) {
        String name = i.get("file_name").asText();
        ImageId id = new ImageId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)));
        files.put(id, images.resolve(name));
        ids.put(id, i.get("id").asInt());
        examples.add(new TrainingExample(id, boxes.get(i.get("id").asInt()), List.of(), 1));
      }
      examples.sort(Comparator.comparing(TrainingExample::image));
    }

    @Override
    public List<String> classes() {
      return names;
    }

    @Override
    public List<TrainingExample> examples() {
      return examples;
    }

    @Override
    public RgbImage picture(ImageId image) {
      try {
        BufferedImage b = ImageIO.read(files.get(image).toFile());
        byte[] rgb = new byte[b.getWidth() * b.getHeight() * 3];
        int at = 0;
        for (int p : b.getRGB(0, 0, b.getWidth(), b.getHeight(), null, 0, b.getWidth())) {
          rgb[at++] = (byte) (p >> 16);
          rgb[at++] = (byte) (p >> 8);
          rgb[at++] = (byte) p;
        }
        return new RgbImage(b.getWidth(), b.getHeight(), rgb);
      } catch (Exception e) {
        throw new IllegalStateException(files.get(image).toString(), e);
      }
    }
  }
}
