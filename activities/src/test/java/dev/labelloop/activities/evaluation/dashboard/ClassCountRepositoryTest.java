package dev.labelloop.activities.evaluation.dashboard;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.dashboard.ClassCountRepository.ClassRow;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.Box;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.selection.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClassCountRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());

  /** Where each box made the database put the whole value together, this took minutes. */
  @Test
  void anImageWithManyBoxesIsCountedInAMoment() {
    CampaignSpec spec = Specs.of("crowd").build();
    RoundId round = stores.campaign(spec, List.of("p"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "p");
    LabelledBox[] boxes =
        IntStream.range(0, 40_000)
            .mapToObj(i -> new LabelledBox(new Box(i / 7.0, i / 11.0, 3, 4), i % 4 == 0 ? 1 : 0))
            .toArray(LabelledBox[]::new);
    stores.answers.put(round, Answers.corrected(image("p"), boxes), Optional.empty());

    List<ClassRow> rows =
        assertTimeout(
            Duration.ofSeconds(5),
            () -> new ClassCountRepository(POSTGRES.database()).rows(spec.name(), spec.classes()));

    assertThat(rows)
        .extracting(ClassRow::name, row -> row.labels().get(Source.PERSON))
        .containsExactly(tuple("car", 30_000), tuple("bus", 10_000));
  }
}
