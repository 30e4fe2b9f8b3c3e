package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.RoundId;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every review tool keeps to; a subclass says how its people answer. */
public abstract class ReviewToolContract {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  protected final Stores stores = new Stores(POSTGRES.database());
  private List<BatchId> batches = List.of();

  /** The tool, as a process that just started makes it. */
  protected abstract ReviewTool tool();

  /** People answer every image of a batch, if they have not yet. */
  protected abstract void peopleAnswer(BatchId batch);

  @BeforeEach
  void askForTwoBatches(TestInfo test) {
    String name =
        getClass().getSimpleName().toLowerCase(Locale.ROOT)
            + Integer.toUnsignedString(test.getDisplayName().hashCode());
    RoundId round = stores.campaign(Specs.of(name).build(), List.of("a", "b", "c", "d"), List.of());
    stores.ask(round, Purpose.ACTIVE, 2, "a", "b", "c");
    batches = List.of(round.batch(0), round.batch(1));
  }

  @Test
  void publishesABatchOnceHoweverOftenItIsTold() {
    ReviewTool tool = tool();
    publishAll(tool);
    var before = POSTGRES.rows();

    publishAll(tool());

    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  @Test
  void givesEveryAnswerOfTheBatchAndOfNoOther() {
    ReviewTool tool = tool();
    publishAll(tool);
    batches.forEach(this::peopleAnswer);

    assertThat(all(tool, batches.get(0)))
        .extracting(Answer::image)
        .containsExactlyInAnyOrder(image("a"), image("b"));
    assertThat(all(tool, batches.get(1))).extracting(Answer::image).containsExactly(image("c"));
  }

  @Test
  void givesTheSameAnswersAgainAfterARestart() {
    publishAll(tool());
    batches.forEach(this::peopleAnswer);

    assertThat(all(tool(), batches.get(0))).isEqualTo(all(tool(), batches.get(0)));
  }

  @Test
  void closesABatchOnceHoweverOftenItIsTold() {
    ReviewTool tool = tool();
    publishAll(tool);
    tool.close(batches.get(0));
    var before = POSTGRES.rows();

    tool().close(batches.get(0));

    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  private void publishAll(ReviewTool tool) {
    batches.forEach(batch -> tool.publish(stores.contents.read(batch)));
  }

  private static List<Answer> all(ReviewTool tool, BatchId batch) {
    List<Answer> all = new ArrayList<>();
    Cursor cursor = Cursor.START;
    ReviewPage page;
    do {
      page = tool.answers(batch, cursor);
      all.addAll(page.answers());
      cursor = page.next();
    } while (!page.last());
    return all;
  }
}
