package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workflows that run when a worker is replaced go on from their histories, so today's code must
 * take the very decisions that are written there.
 *
 * <p>A failure here means that campaigns under way would break. Put the change under {@code
 * Workflow.getVersion}; see {@link HistoryRecorder}.
 */
@Timeout(60)
class ReplayTest {
  private static final int BYTES = 200_000;

  static Stream<Path> histories() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(ReplayTest.class.getResource("/histories"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void decidesAsItDidWhenThisWasRecorded(Path history) throws Exception {
    replay(Files.readString(history));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void isSmallEnoughToKeep(Path history) throws IOException {
    assertThat(Files.size(history)).isLessThan(BYTES);
  }

  @Test
  void everyTurnOfTheLoopIsRecorded() throws Exception {
    assertThat(histories())
        .extracting(file -> file.getFileName().toString())
        .containsAll(
            List.of(
                "campaign-amended.json",
                "campaign-awaiting-review.json",
                "campaign-failed.json",
                "campaign-finished.json",
                "campaign-held.json",
                "campaign-last-round.json",
                "campaign-prepare.json",
                "campaign-round.json",
                "prediction-group-failed.json",
                "prediction-group-held.json",
                "prediction-group.json",
                "training-cancelled.json",
                "training.json"));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void noticesAnotherDecision(Path history) throws IOException {
    // Every history has an activity or a child of one of these types.
    String another =
        Files.readString(history)
            .replace("\"RegisterDataset\"", "\"Another\"")
            .replace("\"PredictShard\"", "\"Another\"")
            .replace("\"PlanPrediction\"", "\"Another\"")
            .replace("\"SelectImages\"", "\"Another\"")
            .replace("\"TrainModel\"", "\"Another\"");

    // It comes as a plain RuntimeException, so only the text tells.
    assertThatThrownBy(() -> replay(another)).hasMessageContaining("TMPRL1100");
  }

  private static void replay(String history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(
        history,
        CampaignWorkflowImpl.class,
        PredictionGroupWorkflowImpl.class,
        TrainingWorkflowImpl.class);
  }
}
