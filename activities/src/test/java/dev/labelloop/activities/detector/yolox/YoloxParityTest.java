package dev.labelloop.activities.detector.yolox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.Shared;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our network against ONNX Runtime's outputs for the same weights and the same pixels. */
class YoloxParityTest {
  private static final int SIDE = 416;
  private static final int CLASSES = 80;
  private static final int ROWS = 3549; // 52² + 26² + 13²
  private static final int COLUMNS = 85;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void equalsTheReference(int key) throws Exception {
    Path folder = Shared.path("models/yolox-nano-coco");
    Reference reference = new Reference(folder.resolve("reference.safetensors"));
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      YoloxNetwork network = new YoloxNetwork(YoloxSize.NANO, CLASSES);
      Path weights = folder.resolve("yolox_nano_416_coco.safetensors");
      network.load(manager, Safetensors.read(weights), weights.toString());

      NDArray input =
          manager.create(planes(reference.bytes("input." + key)), new Shape(1, 3, SIDE, SIDE));
      float[] logits = network.infer(input).logits().toFloatArray();

      float[] expected = reference.floats("output." + key);
      float[] probabilities = logits.clone();
      for (int i = 0; i < probabilities.length; i++) {
        if (i % COLUMNS >= 4) {
          probabilities[i] = (float) (1 / (1 + Math.exp(-probabilities[i])));
        }
      }
      assertThat(largest(probabilities, expected, 0, 4)).isLessThan(1e-3);
      assertThat(largest(probabilities, expected, 4, COLUMNS)).isLessThan(1e-4);

      YoloxDecoder decoder = new YoloxDecoder(CLASSES, SIDE);
      List<Detection> ours = decoder.decode(logits, 0, 1, SIDE, SIDE);
      List<Detection> theirs = decoder.decode(asLogits(expected), 0, 1, SIDE, SIDE);
      compare(ours, theirs);
      compareWithGolden(ours, folder, key);
    }
  }

  private static void compare(List<Detection> ours, List<Detection> theirs) {
    List<Detection> sure = theirs.stream().filter(d -> d.confidence() > 0.05).toList();
    assertThat(sure).isNotEmpty();
    for (Detection expected : sure) {
      Detection nearest = nearest(ours, expected.box(), expected.classIndex());
      assertThat(nearest.box().x()).isCloseTo(expected.box().x(), within(0.05));
      assertThat(nearest.box().y()).isCloseTo(expected.box().y(), within(0.05));
      assertThat(nearest.box().right()).isCloseTo(expected.box().right(), within(0.05));
      assertThat(nearest.box().bottom()).isCloseTo(expected.box().bottom(), within(0.05));
      assertThat(nearest.confidence()).isCloseTo(expected.confidence(), within(1e-4));
    }
  }

  /** The detections written down by an implementation that is not ours. */
  private static void compareWithGolden(List<Detection> ours, Path folder, int key)
      throws Exception {
    JsonNode image =
        new ObjectMapper()
            .readTree(folder.resolve("reference.json").toFile())
            .get("images")
            .get(key);
    JsonNode detections = image.get("detections");
    assertThat(detections).as("golden detections of image %d", key).isNotEmpty();
    for (JsonNode golden : detections) {
      JsonNode corners = golden.get("xyxy");
      Box box =
          Box.ofCorners(
              corners.get(0).asDouble(),
              corners.get(1).asDouble(),
              corners.get(2).asDouble(),
              corners.get(3).asDouble());
      Detection nearest = nearest(ours, box, golden.get("classIndex").asInt());
      assertThat(nearest.box().iou(box)).isGreaterThan(0.99);
      assertThat(nearest.confidence()).isCloseTo(golden.get("score").asDouble(), within(1e-3));
    }
  }

  private static Detection nearest(List<Detection> all, Box box, int classIndex) {
    return all.stream()
        .filter(d -> d.classIndex() == classIndex)
        .max((a, b) -> Double.compare(a.box().iou(box), b.box().iou(box)))
        .orElseThrow();
  }

  private static double largest(float[] a, float[] b, int from, int to) {
    double most = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int c = from; c < to; c++) {
        most = Math.max(most, Math.abs(a[row * COLUMNS + c] - b[row * COLUMNS + c]));
      }
    }
    return most;
  }

  private static float[] asLogits(float[] probabilities) {
    float[] logits = probabilities.clone();
    for (int i = 0; i < logits.length; i++) {
      if (i % COLUMNS >= 4) {
        double p = Math.min(Math.max(logits[i], 1e-12), 1 - 1e-7);
        logits[i] = (float) Math.log(p / (1 - p));
      }
    }
    return logits;
  }

  /** Rows of blue, green, red bytes to three planes. */
  private static float[] planes(byte[] pixels) {
    float[] out = new float[pixels.length];
    int plane = SIDE * SIDE;
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        out[c * plane + i] = pixels[3 * i + c] & 0xff;
      }
    }
    return out;
  }

  /** A reader of its own, because the reference mixes types. */
  private static final class Reference {
    private final ByteBuffer file;
    private final JsonNode header;
    private final int start;

    Reference(Path path) throws Exception {
      file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      int length = (int) file.getLong(0);
      header =
          new ObjectMapper().readTree(new String(file.array(), 8, length, StandardCharsets.UTF_8));
      start = 8 + length;
    }

    byte[] bytes(String name) {
      JsonNode offsets = header.get(name).get("data_offsets");
      byte[] out = new byte[offsets.get(1).asInt() - offsets.get(0).asInt()];
      file.get(start + offsets.get(0).asInt(), out);
      return out;
    }

    float[] floats(String name) {
      byte[] raw = bytes(name);
      float[] out = new float[raw.length / 4];
      ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
      return out;
    }
  }
}
