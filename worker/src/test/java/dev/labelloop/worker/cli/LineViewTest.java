package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long seconds;

  @Test
  void printsEachTaskOnceAndThenOnlyEveryTenSeconds() {
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LineView view = new LineView(err, () -> seconds * 1_000_000_000L)) {
      view.show(new Shown("predict", 0, 4, "images", null, "", null));
      seconds = 9;
      view.show(new Shown("predict", 1, 4, "images", null, "", null));
      seconds = 10;
      view.show(new Shown("predict", 2, 4, "images", Duration.ofSeconds(3), "5 images/s", null));
      seconds = 30;
      view.show(new Shown("predict", 2, 4, "images", Duration.ofSeconds(3), "5 images/s", null));
      view.show(Shown.task("select", "", null));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "predict 0/4 images", "predict 2/4 images · 5 images/s · 3 s left", "select");
  }

  @Test
  void tellsAtOnceWhatSomebodyShouldLookAtAndWhenThatIsOver() {
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LineView view = new LineView(err, () -> seconds * 1_000_000_000L)) {
      view.show(Shown.task("select", "", null));
      seconds = 1;
      view.show(Shown.task("select", "", "BLOCKED: the disk is full"));
      view.show(Shown.task("select", "", "BLOCKED: the disk is full"));
      view.show(Shown.task("select", "", null));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "select", "select", "BLOCKED: the disk is full", "select", "all is well again");
  }

  @Test
  void tellsTimeInTheUnitThatTellsEnough() {
    assertThat(LineView.words(Duration.ofSeconds(119))).isEqualTo("119 s");
    assertThat(LineView.words(Duration.ofSeconds(150))).isEqualTo("3 min");
    assertThat(LineView.words(Duration.ofMinutes(119))).isEqualTo("119 min");
    assertThat(LineView.words(Duration.ofMinutes(170))).isEqualTo("3 h");
  }
}
