package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CampaignReportCommandTest {
  @Test
  void answersAsARunDoesAndTellsWhyTheChampionFails() {
    RunResult run =
        new RunResult("street", "RUNNING", List.of(), null, null, "/home", null, null, null);
    ErrorAnalysis analysis = ErrorAnalysis.of(Map.of(), Map.of(), List.of("car"));

    JsonNode json = new ObjectMapper().valueToTree(new CampaignReportCommand.Answer(run, analysis));

    assertThat(json.get("campaign").asText()).isEqualTo("street");
    assertThat(json.has("run")).isFalse();
    assertThat(json.at("/failures/errorTypes/all/gains/MISSED").isNumber()).isTrue();
    assertThat(json.at("/failures/calibration/laece").isNull()).isTrue();
  }
}
