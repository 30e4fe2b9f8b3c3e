package dev.labelloop.activities.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDescriptionTest {
  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("model.json");
    ModelDescription written =
        new ModelDescription(
            "yolox-nano", 416, List.of("car", "größer"), true, "w.safetensors", Map.of("k", "v"));

    written.write(file);

    assertThat(ModelDescription.read(file)).isEqualTo(written);
  }

  @Test
  void readsClassesAsPlainNamesAndDefaultsTheRest() throws IOException {
    Path file =
        write("{'architecture': 'a-b', 'input': {'width': 64, 'height': 64}, 'classes': ['x']}");

    assertThat(ModelDescription.read(file))
        .isEqualTo(
            new ModelDescription(
                "a-b", 64, List.of("x"), false, ModelDescription.WEIGHTS, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                              | has no field 'classes'",
        "{'classes': []}                                 | 'classes' is no list of names",
        "{'classes': 7}                                  | 'classes' is no list of names",
        "{'classes': ['a', {'index': 1}]}                | class 1 of 'classes' has no name",
        "{'classes': ['a']}                              | has no field 'architecture'",
        "{'classes': ['a'], 'architecture': 'y'}         | has no field 'input'",
        "{'classes': ['a'], 'architecture': 'y', 'input': {'width': 64, 'height': 32}}"
            + " | 'input' is 64 × 32, must be square",
        "{'classes': ['a'], 'architecture': 'y', 'input': {'width': 'x', 'height': 'x'}}"
            + " | must be square, a whole number of pixels such as 416",
        "{'classes': ['a'], 'architecture': 'y', 'input': {'width': -32, 'height': -32}}"
            + " | 'input' is -32 × -32",
        "{'classes':                                     | is not JSON"
      })
  void refusesWhatLacksSomething(String json, String problem) throws IOException {
    Path file = write(json);

    assertThatThrownBy(() -> ModelDescription.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(problem);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("model.json"), json.replace('\'', '"'));
  }
}
