package dev.labelloop.worker.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some minutes of chaos, the same each time; {@code make chaos} has more. */
class ChaosTest {
  /** Their schedules hold every kind between them. */
  private static final List<Long> SEEDS = List.of(68L, 94L);

  @TempDir Path folder;

  @Test
  void endsWithTheSameLabelsAndModelsWhateverHappens() throws Exception {
    Chaos chaos = new Chaos(folder, HomeServers::new);
    Table table = new Table();
    table.head();
    for (long seed : SEEDS) {
      Table.Row row = chaos.disturbed(seed);
      table.add(row);
      assertThat(row.problem()).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void schedulesHoldEveryKindBetweenThem() {
    assertThat(SEEDS.stream().flatMap(seed -> new Schedule(seed).entries().stream()))
        .extracting(Schedule.Entry::what)
        .contains(Disturbance.values());
  }
}
