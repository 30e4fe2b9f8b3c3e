package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long seconds;

  @Test
  void printsEachTaskOnceAndThenOnlyEveryTenSeconds() {
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LineView view = new LineView(err, () -> seconds * 1_000_000_000L)) {
      view.show(new Shown("predict", 0, 4, ""));
      seconds = 9;
      view.show(new Shown("predict", 1, 4, ""));
      seconds = 10;
      view.show(new Shown("predict", 2, 4, "5 images/s"));
      seconds = 30;
      view.show(new Shown("predict", 2, 4, "5 images/s"));
      view.show(new Shown("select", 0, 0, ""));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("predict 0/4", "predict 2/4 · 5 images/s", "select");
  }
}
