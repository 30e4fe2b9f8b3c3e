package dev.labelloop.activities.label.quality;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boxes are squares of 10 pixels in one row, named by where they begin. */
class LabelAuditTest {
  private static final int CAR = 0;
  private static final int BUS = 1;
  private static final int VAN = 2;

  @Test
  void saysNothingWhereModelAndLabelsAgree() {
    assertThat(suspicions(List.of(box(0, CAR)), found(1, CAR, 0.9))).isEmpty();
  }

  @Test
  void findsAnObjectWithoutALabel() {
    assertThat(suspicions(List.of(box(0, CAR)), found(0, CAR, 0.9), found(50, BUS, 0.9)))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.kind()).isEqualTo(SuspicionKind.OVERLOOKED);
              assertThat(s.label()).isNull();
              assertThat(s.instead()).isEqualTo(box(50, BUS));
            });
  }

  @Test
  void findsABoxBesideItsObject() {
    // 4 of 10 pixels overlap: IoU 4/16 = 0.25
    assertThat(suspicions(List.of(box(0, CAR)), found(6, CAR, 0.9)))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.kind()).isEqualTo(SuspicionKind.BADLY_LOCATED);
              assertThat(s.label()).isEqualTo(box(0, CAR));
              assertThat(s.instead()).isEqualTo(box(6, CAR));
            });
  }

  @Test
  void findsAClassOfSomethingElse() {
    assertThat(suspicions(List.of(box(0, CAR)), found(0, BUS, 0.9), found(0, CAR, 0.4)))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.kind()).isEqualTo(SuspicionKind.SWAPPED);
              assertThat(s.label()).isEqualTo(box(0, CAR));
              assertThat(s.instead()).isEqualTo(box(0, BUS));
            });
  }

  @Test
  void aSecondDetectionOfOneObjectIsNoObject() {
    assertThat(suspicions(List.of(box(0, CAR)), found(0, CAR, 0.9), found(1, CAR, 0.8))).isEmpty();
  }

  @Test
  void aDetectionAsGoodAsNoneIsNotHeard() {
    assertThat(suspicions(List.of(), found(0, CAR, 0.09))).isEmpty();
  }

  @Test
  void theRarerAContradictionTheMoreSuspicious() {
    // Of 20 detections of 0.9, one has no label; of 20 of 0.5, ten have none.
    List<AuditedImage> images = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<LabelledBox> labels = new ArrayList<>();
      if (i > 0) {
        labels.add(box(0, CAR));
      }
      if (i % 2 == 0) {
        labels.add(box(50, CAR));
      }
      images.add(
          new AuditedImage(
              image("i" + i), labels, List.of(found(0, CAR, 0.9), found(50, CAR, 0.5))));
    }
    LabelAudit audit = LabelAudit.calibratedOn(images);

    List<Suspicion> order =
        images.stream()
            .flatMap(i -> audit.suspicions(i).stream())
            .sorted(Suspicion.REVIEW_ORDER)
            .toList();

    assertThat(order).hasSize(11);
    assertThat(order.get(0).image()).isEqualTo(image("i0"));
    assertThat(order.get(0).score()).isCloseTo(0.05, within(1e-12)); // 1 - 19/20
    assertThat(order.get(1).score()).isCloseTo(0.5, within(1e-12)); // 1 - 10/20
  }

  @Test
  void aClassOfFewOpinionsBorrowsFromAll() {
    // One bus without a label, ten cars with one: of all, 10/11 agree; of the bus none.
    List<AuditedImage> images = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      images.add(
          new AuditedImage(image("i" + i), List.of(box(0, CAR)), List.of(found(0, CAR, 0.9))));
    }
    AuditedImage bus = new AuditedImage(image("bus"), List.of(), List.of(found(0, BUS, 0.9)));
    images.add(bus);

    // 1 - (1 * 0 + 10 * 10/11) / 11
    assertThat(LabelAudit.calibratedOn(images).suspicions(bus))
        .singleElement()
        .satisfies(s -> assertThat(s.score()).isCloseTo(1 - 100 / 121.0, within(1e-12)));
  }

  @Test
  void aMixUpThatTheModelIsGivenToIsLessSuspicious() {
    // Nine cars are cars; five vans and one bus are taken for cars.
    List<AuditedImage> images = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      int label = i < 9 ? CAR : i < 14 ? VAN : BUS;
      images.add(
          new AuditedImage(image("i" + i), List.of(box(0, label)), List.of(found(0, CAR, 0.9))));
    }
    LabelAudit audit = LabelAudit.calibratedOn(images);

    // 9/15 of all agree, and of cars. A van or a bus counts twice, for there are two other classes:
    // 9/(9 + 2 * 5) with vans, 14 seen; 9/(9 + 2 * 1) with buses, 10 seen; 10 are borrowed.
    assertThat(score(audit, images.get(9)))
        .isCloseTo(1 - (14 * 9 / 19.0 + 10 * 0.6) / 24, within(1e-12));
    assertThat(score(audit, images.get(14)))
        .isCloseTo(1 - (10 * 9 / 11.0 + 10 * 0.6) / 20, within(1e-12));
  }

  private static double score(LabelAudit audit, AuditedImage image) {
    return audit.suspicions(image).get(0).score();
  }

  @Test
  void whatAModelIsUnsureOfIsNoContradictionOfItself() {
    // Bus is 0.05 ahead of car in one image, 0.6 in the other: by confidence alone both are equal.
    LabelledBox car = box(0, CAR);
    AuditedImage close =
        new AuditedImage(
            image("close"), List.of(car), List.of(found(0, BUS, 0.65), found(0, CAR, 0.6)));
    AuditedImage clear =
        new AuditedImage(
            image("clear"), List.of(car), List.of(found(0, BUS, 0.65), found(0, CAR, 0.05)));
    AuditedImage agreed =
        new AuditedImage(image("agreed"), List.of(box(0, BUS)), List.of(found(0, BUS, 0.6)));
    LabelAudit audit = LabelAudit.calibratedOn(List.of(close, agreed, clear));

    assertThat(audit.suspicions(clear).get(0).score())
        .isLessThan(audit.suspicions(close).get(0).score());
  }

  @Test
  void theOrderDoesNotDependOnTheOrderOfTheImages() {
    Detection there = new Detection(new Box(50, 0, 10, 10), CAR, 0.9);
    AuditedImage a = new AuditedImage(image("a"), List.of(), List.of(there));
    AuditedImage b = new AuditedImage(image("b"), List.of(), List.of(there));

    assertThat(order(List.of(a, b))).isEqualTo(order(List.of(b, a)));
  }

  private static List<Suspicion> order(List<AuditedImage> images) {
    LabelAudit audit = LabelAudit.calibratedOn(images);
    return images.stream()
        .flatMap(i -> audit.suspicions(i).stream())
        .sorted(Suspicion.REVIEW_ORDER)
        .toList();
  }

  private static List<Suspicion> suspicions(List<LabelledBox> labels, Detection... found) {
    AuditedImage image = new AuditedImage(image("one"), labels, List.of(found));
    return LabelAudit.calibratedOn(List.of(image)).suspicions(image);
  }
}
