package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.evaluation.HoldoutReport;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CampaignReportCommandTest {
  @Test
  void answersAsARunDoesAndTellsWhyTheChampionFails() {
    RunResult run =
        new RunResult("street", "RUNNING", List.of(), null, null, "/home", null, null, null);
    ErrorAnalysis analysis = ErrorAnalysis.of(Map.of(), Map.of(), List.of("car"));

    HoldoutReport holdout =
        new HoldoutReport(
            Path.of("/images"),
            2,
            1,
            0,
            List.of(new HoldoutReport.Pair("a.jpg", "h.jpg", 4, null, true)),
            null);

    JsonNode json =
        new ObjectMapper().valueToTree(new CampaignReportCommand.Answer(run, analysis, holdout));

    assertThat(json.get("campaign").asText()).isEqualTo("street");
    assertThat(json.has("run")).isFalse();
    assertThat(json.at("/failures/errorTypes/all/gains/MISSED").isNumber()).isTrue();
    assertThat(json.at("/failures/calibration/laece").isNull()).isTrue();
    assertThat(json.at("/holdout/keptOut").asInt()).isEqualTo(1);
    assertThat(json.at("/holdout/pairs/0/holdoutFile").asText()).isEqualTo("h.jpg");
    assertThat(json.at("/holdout/images").isMissingNode()).isTrue();
  }
}
