package dev.labelloop.activities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.Shared;
import dev.labelloop.core.Box;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterboxTest {
  private static final int SIDE = 416;

  @Test
  void scalesToFitAndKeepsTheWholePicture() {
    // 1920 x 1080: r = 416 / 1920 = 0.21667, 1080 r = 234
    Letterbox wide = Letterbox.of(SIDE, 1920, 1080);
    assertThat(wide.width()).isEqualTo(416);
    assertThat(wide.height()).isEqualTo(234);
    // 100 x 333: r = 416 / 333 = 1.24925, 100 r = 124.92
    Letterbox high = Letterbox.of(SIDE, 100, 333);
    assertThat(high.width()).isEqualTo(124);
    assertThat(high.height()).isEqualTo(416);
    // A line 5000 pixels long still has a row.
    assertThat(Letterbox.of(SIDE, 5000, 1).height()).isEqualTo(1);
  }

  @Test
  void bringsBoxesToTheNetworkAndBack() {
    Letterbox fit = Letterbox.of(100, 200, 50); // r = 0.5
    Box box = new Box(10, 20, 30, 8);
    assertThat(fit.toNetwork(box)).isEqualTo(new Box(5, 10, 15, 4));
    assertThat(fit.toImage(fit.toNetwork(box))).isEqualTo(box);
  }

  @Test
  void interpolatesBetweenHalfPixelCentres() {
    // One row 0, 100, 200 (red) to six: centres at (i + 0.5) / 2 - 0.5 = -0.25, 0.25, 0.75, 1.25
    // ...
    // weights 1, .75/.25, .25/.75, ...: 0, 25, 75, 125, 175, 200
    byte[] rgb = new byte[9];
    rgb[3] = 100;
    rgb[6] = (byte) 200;
    float[] out = new float[3 * 36];
    Letterbox.of(6, 3, 1).write(new RgbImage(3, 1, rgb), out, 0);
    assertThat(Arrays.copyOfRange(out, 72, 78)).containsExactly(0, 25, 75, 125, 175, 200);
    assertThat(Arrays.copyOfRange(out, 0, 6)).containsOnly(0); // blue
    assertThat(Arrays.copyOfRange(out, 84, 108)).containsOnly(Letterbox.GREY); // rows 2 to 5
  }

  @Test
  void averagesFourPixelsWhenHalved() {
    byte[] rgb = new byte[12];
    rgb[0] = 10; // red of the four pixels: 10, 21, 33, 40
    rgb[3] = 21;
    rgb[6] = 33;
    rgb[9] = 40;
    float[] out = new float[3];
    Letterbox.of(1, 2, 2).write(new RgbImage(2, 2, rgb), out, 0);
    assertThat(out[2]).isEqualTo(26); // 104 / 4
  }

  @Test
  void writesIntoItsPlaceOfTheBatchAlone() {
    float[] out = new float[3 * 3 * 16];
    Arrays.fill(out, -1);
    Letterbox.of(4, 4, 2).write(new RgbImage(4, 2, new byte[24]), out, 48);
    assertThat(Arrays.copyOfRange(out, 0, 48)).containsOnly(-1);
    assertThat(Arrays.copyOfRange(out, 96, 144)).containsOnly(-1);
    for (int c = 0; c < 3; c++) {
      assertThat(Arrays.copyOfRange(out, 48 + 16 * c, 56 + 16 * c)).containsOnly(0);
      assertThat(Arrays.copyOfRange(out, 56 + 16 * c, 64 + 16 * c)).containsOnly(Letterbox.GREY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void feedsWhatTheReferenceFed(int key) throws Exception {
    Path model = Shared.path("models/yolox-nano-coco");
    JsonNode entry = reference(model).get("images").get(key);
    RgbImage image =
        new ImageDecoder().decode(Shared.path("datasets/" + entry.get("file").asText()));
    float[] ours = fitted(image);
    byte[] theirs = tensor(model.resolve("reference.safetensors"), "input." + key);

    int plane = SIDE * SIDE;
    double sum = 0;
    double most = 0;
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        double difference = Math.abs(ours[c * plane + i] - (theirs[3 * i + c] & 0xff));
        sum += difference;
        most = Math.max(most, difference);
      }
    }
    // Equal where the JDK and OpenCV decode alike, as OpenJDK 17 does; others may round otherwise.
    assertThat(sum / (3 * plane)).isLessThan(0.5);
    assertThat(most).isLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void fitsAsTheReferenceDoes(int index) throws Exception {
    JsonNode entry = reference(Shared.path("models/yolox-nano-coco")).get("letterbox").get(index);
    RgbImage image =
        new ImageDecoder().decode(Shared.path("datasets/" + entry.get("file").asText()));
    Letterbox fit = Letterbox.of(SIDE, image.width(), image.height());
    assertThat(image.width()).isEqualTo(entry.get("size").get(0).asInt());
    assertThat(image.height()).isEqualTo(entry.get("size").get(1).asInt());
    assertThat(fit.scale()).isCloseTo(entry.get("ratio").asDouble(), within(1e-8));
    assertThat(fit.width()).isEqualTo(entry.get("resized").get(0).asInt());
    assertThat(fit.height()).isEqualTo(entry.get("resized").get(1).asInt());
    double sum = 0;
    for (float value : fitted(image)) {
      sum += value;
    }
    assertThat(sum / (3 * SIDE * SIDE)).isCloseTo(entry.get("inputMean").asDouble(), within(0.01));
  }

  private static float[] fitted(RgbImage image) {
    float[] out = new float[3 * SIDE * SIDE];
    Letterbox.of(SIDE, image.width(), image.height()).write(image, out, 0);
    return out;
  }

  private static JsonNode reference(Path model) throws Exception {
    return new ObjectMapper().readTree(model.resolve("reference.json").toFile());
  }

  private static byte[] tensor(Path file, String name) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong(0);
    JsonNode header =
        new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
    JsonNode offsets = header.get(name).get("data_offsets");
    byte[] out = new byte[offsets.get(1).asInt() - offsets.get(0).asInt()];
    bytes.get(8 + length + offsets.get(0).asInt(), out);
    return out;
  }
}
