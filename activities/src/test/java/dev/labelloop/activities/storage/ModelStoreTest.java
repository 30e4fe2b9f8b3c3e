package dev.labelloop.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir Path home;
  @TempDir Path elsewhere;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = new ModelStore(home);
  }

  @Test
  void givesBackWhatWasPut() throws Exception {
    ModelFiles files = model("m", "{\"architecture\":\"yolox-nano\"}", 1, 2);
    ModelId id = store.put(files);

    assertThat(id).isEqualTo(Safetensors.hash(Safetensors.read(files.weights())));
    assertThat(store.contains(id)).isTrue();
    ModelFiles stored = store.get(id);
    assertThat(stored.weights()).isEqualTo(home.resolve("models/" + id + "/weights.safetensors"));
    assertThat(stored.weights()).hasSameBinaryContentAs(files.weights());
    assertThat(stored.description()).hasSameBinaryContentAs(files.description());
    assertThat(names(home.resolve("models"))).containsExactly(id.value());
  }

  @Test
  void keepsTheFirstProvenanceOfEqualWeights() throws Exception {
    ModelId first = store.put(model("a", "{\"who\":1}", 3));
    ModelId second = store.put(model("b", "{\"who\":2}", 3));
    assertThat(second).isEqualTo(first);
    assertThat(store.get(first).description()).hasContent("{\"who\":1}");
  }

  @Test
  void equalWeightsServeCampaignsOfDifferentInputAndClassNames() throws Exception {
    ModelDescription first =
        new ModelDescription(
            "yolox-nano", 416, List.of("car"), false, "weights.safetensors", Map.of("by", "a"));
    ModelFiles files = model("m", "", 5);
    first.write(files.description());
    ModelId id = store.put(files);

    assertThat(store.get(id, 416, List.of("car"))).isEqualTo(store.get(id));
    ModelFiles other = store.get(id, 160, List.of("auto"));

    assertThat(ModelDescription.read(other.description()))
        .isEqualTo(first.servingAs(160, List.of("auto")));
    assertThat(store.get(id, 160, List.of("auto"))).isEqualTo(other);
    assertThat(store.get(id, 416, List.of("car"))).isEqualTo(store.get(id));
    assertThatThrownBy(() -> store.get(id, 416, List.of("car", "bus")))
        .hasMessage("a model of 1 classes cannot serve 2");
  }

  @Test
  void storesAModelOnceWhenManyPutItAtOnce() throws Exception {
    ModelFiles files = model("m", "{}", 5);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<ModelId>> all =
          IntStream.range(0, 20).mapToObj(i -> pool.submit(() -> store.put(files))).toList();
      for (Future<ModelId> one : all) {
        assertThat(store.get(one.get()).weights()).exists();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(names(home.resolve("models"))).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhenAFileIsMissing() throws Exception {
    ModelFiles files = model("m", "{}", 5);
    Files.delete(files.description());
    assertThatThrownBy(() -> store.put(files)).hasMessageContaining("cannot store model");
    assertThat(names(home.resolve("models"))).isEmpty();
  }

  @Test
  void removesWhatAKilledWriterLeft() throws Exception {
    Path left = Files.createDirectories(home.resolve("models/.new-left"));
    Files.writeString(left.resolve("weights.safetensors"), "half of them");
    ModelId id = store.put(model("m", "{}", 5));
    assertThat(names(home.resolve("models"))).containsExactly(id.value());
  }

  @Test
  void refusesDamagedWeights() throws Exception {
    ModelFiles files = model("m", "{}", 5);
    Files.write(files.weights(), new byte[7]);
    assertThatThrownBy(() -> store.put(files)).isInstanceOf(InvalidModelException.class);
  }

  @Test
  void namesAModelThatIsNotThere() {
    ModelId unknown = new ModelId("0".repeat(64));
    assertThat(store.contains(unknown)).isFalse();
    assertThatThrownBy(() -> store.get(unknown)).hasMessageContaining("is not in " + home);
  }

  @Test
  void keepsCheckpointsByCampaignAndRound() {
    RoundId round = new RoundId(new CampaignName("street"), 3);
    assertThat(store.checkpoints(round)).isEqualTo(home.resolve("checkpoints/street/r3"));
  }

  private ModelFiles model(String name, String description, float... values) throws Exception {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    tensors.put("w", Tensor.of(values));
    Path weights = elsewhere.resolve(name + ".safetensors");
    Safetensors.write(weights, tensors);
    Path json = elsewhere.resolve(name + ".json");
    Files.writeString(json, description);
    return new ModelFiles(weights, json);
  }

  /** Without the lock file. */
  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> !n.equals(".lock")).toList();
    }
  }
}
