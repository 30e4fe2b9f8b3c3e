package dev.labelloop.worker.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.LabelFormats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page offers every format that the server writes. */
class ExportFormatsTest {
  /** Names of exporters, and why the page does not offer them. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "coco-results", "holds scores, which labels have not",
          "yolo-scores", "holds scores, which labels have not");

  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

  private static List<String> wanted() {
    return LabelFormats.EXPORTERS.stream()
        .map(LabelExporter::name)
        .filter(name -> !LEFT_OUT.containsKey(name))
        .toList();
  }

  @Test
  void offersAllThatIsWritten() throws IOException {
    List<String> offered =
        QUOTED.matcher(read("js/dashboard/formats.js")).results().map(m -> m.group(1)).toList();

    assertThat(offered)
        .as("FORMATS of formats.js; or give a reason in LEFT_OUT")
        .containsExactlyInAnyOrderElementsOf(wanted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void hasWordsForEach(String language) throws IOException {
    JsonNode words = new ObjectMapper().readTree(read("strings/dashboard." + language + ".json"));

    assertThat(wanted()).allMatch(name -> words.hasNonNull("export." + name), "has words");
  }

  @Test
  void leavesOutOnlyWhatThereIs() {
    assertThat(LabelFormats.EXPORTERS)
        .extracting(LabelExporter::name)
        .containsAll(LEFT_OUT.keySet());
  }

  private static String read(String path) throws IOException {
    try (InputStream in =
        ExportFormatsTest.class.getResourceAsStream("/dev/labelloop/worker/page/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
