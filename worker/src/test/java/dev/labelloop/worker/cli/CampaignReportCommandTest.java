package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.labelloop.activities.evaluation.HoldoutReport;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.ChampionRepository.Change;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.core.ModelId;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import java.nio.file.Path;
import java.time.Instant;
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

    Verdict verdict =
        new Verdict(
            true, "surely", 0.3, 0.4, 0.05, 0.15, 0.02, 0.06, 0.01, 2000, 7, 90, 90, List.of());
    Change change =
        new Change(
            0,
            0,
            new Champion(new ModelId("a".repeat(64)), new HoldoutScore(0.3, 0.5), true),
            "INITIAL",
            null,
            "r",
            Instant.EPOCH);

    JsonNode json =
        new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .valueToTree(
                new CampaignReportCommand.Answer(
                    run, Map.of(1, verdict), List.of(change), analysis, holdout));

    assertThat(json.get("campaign").asText()).isEqualTo("street");
    assertThat(json.has("run")).isFalse();
    assertThat(json.at("/failures/errorTypes/all/gains/MISSED").isNumber()).isTrue();
    assertThat(json.at("/failures/calibration/laece").isNull()).isTrue();
    assertThat(json.at("/verdicts/1/lower").asDouble()).isEqualTo(0.05);
    assertThat(json.at("/champions/0/how").asText()).isEqualTo("INITIAL");
    assertThat(json.at("/holdout/keptOut").asInt()).isEqualTo(1);
    assertThat(json.at("/holdout/pairs/0/holdoutFile").asText()).isEqualTo("h.jpg");
    assertThat(json.at("/holdout/images").isMissingNode()).isTrue();
  }
}
