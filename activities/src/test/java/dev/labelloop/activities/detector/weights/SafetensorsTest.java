package dev.labelloop.activities.detector.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.detector.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void readsWhatItWroteBitForBit() {
    SortedMap<String, Tensor> tensors = tensors();

    Safetensors.write(file, tensors);

    SortedMap<String, Tensor> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          Tensor other = new TreeMap<>(read).getOrDefault(name, Tensor.of());
          assertThat(other.shape()).as(name).isEqualTo(tensor.shape());
          assertThat(other.data()).as(name).isEqualTo(tensor.data());
        });
    assertThat(Safetensors.hash(read)).isEqualTo(Safetensors.hash(tensors));
  }

  @Test
  void equalTensorsGiveEqualBytesAndLeaveNoTemporaryFile() throws IOException {
    Path other = folder.resolve("other.safetensors");
    Safetensors.write(file, tensors());
    Safetensors.write(other, tensors());

    assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(file));
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactlyInAnyOrder(file, other);
    }
  }

  @Test
  void theLayoutIsThatOfTheFormat() throws IOException {
    Safetensors.write(file, new TreeMap<>(Map.of("a", Tensor.of(1, 2))));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong(0));
    assertThat(header % 8).isZero();
    assertThat(new String(bytes.array(), 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    assertThat(bytes.getFloat(8 + header)).isEqualTo(1);
    assertThat(bytes.getFloat(8 + header + 4)).isEqualTo(2);
  }

  @Test
  void theHashTellsNamesShapesAndValuesApart() {
    SortedMap<String, Tensor> a = new TreeMap<>(Map.of("a", Tensor.of(1, 2)));

    assertThat(Safetensors.hash(a))
        .isNotEqualTo(Safetensors.hash(new TreeMap<>(Map.of("b", Tensor.of(1, 2)))))
        .isNotEqualTo(Safetensors.hash(new TreeMap<>(Map.of("a", Tensor.of(1, 3)))))
        .isNotEqualTo(
            Safetensors.hash(
                new TreeMap<>(Map.of("a", new Tensor(new long[] {1, 2}, new float[] {1, 2})))));
  }

  @Test
  void refusesAFileCutAtAnyByte() throws IOException {
    Safetensors.write(file, tensors());
    byte[] bytes = Files.readAllBytes(file);

    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Safetensors.read(file))
          .as("cut at %d of %d", length, bytes.length)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void refusesAFileWithSomethingBehindTheData() throws IOException {
    Safetensors.write(file, tensors());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aDamagedHeaderIsRefusedOrReadButNeverAnotherError() throws IOException {
    Safetensors.write(file, tensors());
    byte[] bytes = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = bytes.clone();
      damaged[8 + random.nextInt(header)] = (byte) (' ' + random.nextInt(95));
      Files.write(file, damaged);
      try {
        Safetensors.read(file);
      } catch (InvalidModelException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"x\"],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387906],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[-8,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":7}",
        "[1]",
        "{\"a\":"
      })
  void refusesAHeaderThatLies(String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).array());

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void skipsTheMetadata() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).putFloat(2.5f).array());

    assertThat(Safetensors.read(file)).containsOnlyKeys("a");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(file + " does not exist: name a .safetensors file");
  }

  private static SortedMap<String, Tensor> tensors() {
    SortedMap<String, Tensor> all = new TreeMap<>();
    all.put("b.weight", new Tensor(new long[] {2, 3}, new float[] {1, -2, 3, 4, 5, 6e-30f}));
    all.put("a", Tensor.of(Float.MIN_VALUE, Float.NaN, -0f));
    all.put("größe", new Tensor(new long[] {}, new float[] {9}));
    return all;
  }
}
