package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.review.BoxQueries.Ask.CLASS;
import static dev.labelloop.activities.review.BoxQueries.Ask.GEOMETRY;
import static dev.labelloop.activities.review.BoxQueries.Verdict.Kind.CORRECT;
import static dev.labelloop.activities.review.BoxQueries.Verdict.Kind.FIXED;
import static dev.labelloop.activities.review.BoxQueries.Verdict.Kind.NOT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.review.BoxQueries.BoxQuery;
import dev.labelloop.activities.review.BoxQueries.Label;
import dev.labelloop.activities.review.BoxQueries.Suspect;
import dev.labelloop.activities.review.BoxQueries.Verdict;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoxQueriesTest {
  private static final double CERTAIN = 0.9;

  @Test
  void asksTheLeastCertainFirstAndNotTheCertain() {
    BoxQueries asked =
        BoxQueries.ofDetections(
            List.of(found(0, 0, 0.95), found(20, 0, 0.6), found(40, 1, 0.35), found(60, 1, 0.2)),
            CERTAIN);

    assertThat(asked.proposals()).as("0.2 is not shown").hasSize(3);
    assertThat(asked.queries())
        .containsExactly(
            new BoxQuery(2, Set.of(CLASS, GEOMETRY)), new BoxQuery(1, Set.of(CLASS, GEOMETRY)));
  }

  @Test
  void asksFiveBoxesAtMost() {
    List<Detection> seven =
        IntStream.range(0, 7).mapToObj(i -> found(12 * i, 0, 0.4 + 0.01 * i)).toList();

    assertThat(BoxQueries.ofDetections(seven, CERTAIN).queries())
        .extracting(BoxQuery::box)
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void asksAboutTheWholeImageWhereNoBoxIsInQuestion() {
    assertThat(BoxQueries.ofDetections(List.of(found(0, 0, 0.95)), CERTAIN).queries()).isEmpty();
    assertThat(BoxQueries.ofDetections(List.of(), CERTAIN).queries()).isEmpty();
  }

  @Test
  void neitherLabelsNorTeachesAsBackgroundWhatNobodyLookedAt() {
    BoxQueries asked =
        BoxQueries.ofDetections(
            List.of(
                found(0, 0, 0.95), // certain, not asked: ignored
                found(20, 0, 0.6), // asked, right
                found(40, 1, 0.5), // asked, no object: background
                found(41, 0, 0.2), // the same place, IoU 9 / 11: looked at with it
                found(60, 1, 0.2), // not shown: ignored
                found(80, 1, 0.05)), // nothing
            CERTAIN);

    Label label =
        asked.label(List.of(new Verdict(NOT_OBJECT, null), new Verdict(CORRECT, box(20, 0))));

    assertThat(label)
        .isEqualTo(new Label(List.of(box(20, 0)), List.of(box(0, 0), box(60, 1)), true, 1, 1));
  }

  @Test
  void asksOnlyWhatIsDoubtfulOfALabel() {
    BoxQueries asked =
        BoxQueries.ofLabel(
            List.of(box(0, 0), box(20, 0), box(40, 1)),
            List.of(box(80, 1)),
            List.of(
                new Suspect(SuspicionKind.SWAPPED, box(20, 0), box(20, 1), 0.7),
                new Suspect(SuspicionKind.BADLY_LOCATED, box(40, 1), box(44, 1), 0.6),
                new Suspect(SuspicionKind.OVERLOOKED, null, box(60, 0), 0.8)));

    assertThat(asked.queries())
        .containsExactly(
            new BoxQuery(1, Set.of(CLASS)),
            new BoxQuery(2, Set.of(GEOMETRY)),
            new BoxQuery(3, Set.of(CLASS, GEOMETRY)));
    assertThat(asked.proposals().get(3)).isEqualTo(found(60, 0, 0.8));

    Label mended =
        asked.label(
            List.of(
                new Verdict(FIXED, box(20, 1)),
                new Verdict(CORRECT, box(40, 1)),
                new Verdict(CORRECT, box(60, 0))));
    assertThat(mended.boxes()).containsExactly(box(0, 0), box(20, 1), box(40, 1), box(60, 0));
    assertThat(mended.ignore()).containsExactly(box(80, 1));
    assertThat(mended.changed()).isTrue();
  }

  @Test
  void aLabelThatIsConfirmedIsNotChanged() {
    BoxQueries asked =
        BoxQueries.ofLabel(
            List.of(box(0, 0)),
            List.of(),
            List.of(new Suspect(SuspicionKind.OVERLOOKED, null, box(60, 0), 1)));

    assertThat(asked.label(List.of(new Verdict(NOT_OBJECT, null))).changed()).isFalse();
    assertThat(asked.label(List.of(new Verdict(CORRECT, box(60, 0)))).changed()).isTrue();
  }
}
