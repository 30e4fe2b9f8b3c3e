package dev.labelloop.activities.review.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class KappaTest {
  private static final int CAR = 0;
  private static final int DOG = 1;
  private static final int CAT = 2;
  private static final int CLASSES = 3;

  private static LabelledBox at(double place, int classIndex) {
    return new LabelledBox(new Box(100 * place, 0, 10, 10), classIndex);
  }

  /**
   * Two calls of one object a car and one of them a dog, two dogs that both see, and a car that the
   * second person overlooks: rows (first) and columns (second) car, dog, nothing:
   *
   * <pre>
   *   4 1 1 | 6
   *   0 2 0 | 2
   *   0 0 0 | 0
   *   4 3 1 | 8
   * </pre>
   */
  private static Kappa worked() {
    Kappa kappa = new Kappa(CLASSES);
    kappa.add(
        List.of(at(0, CAR), at(1, CAR), at(2, CAR), at(3, DOG)),
        List.of(at(0, CAR), at(1, CAR), at(2, DOG), at(3, DOG)));
    kappa.add(
        List.of(at(0, CAR), at(1, CAR), at(2, CAR), at(3, DOG)),
        List.of(at(0, CAR), at(1, CAR), at(3, DOG)));
    return kappa;
  }

  @Test
  void comparesWhatIsSeenWithWhatChanceBrings() {
    // observed 6/8; chance (6*4 + 2*3 + 0*1) / 64 = 30/64; (48 - 30) / (64 - 30) = 18/34
    assertThat(worked().value()).hasValueCloseTo(18 / 34.0, within(1e-12));
  }

  @Test
  void comparesAClassWithAllElse() {
    // cars: 4 both, 2 the first alone, 0 the second alone, 2 neither: observed 6/8,
    // chance (6*4 + 2*4) / 64 = 32/64; (48 - 32) / (64 - 32) = 0.5
    assertThat(worked().value(CAR)).hasValueCloseTo(0.5, within(1e-12));
    // dogs: 2, 0, 1, 5: observed 7/8, chance (2*3 + 6*5) / 64 = 36/64; (56 - 36) / 28 = 5/7
    assertThat(worked().value(DOG)).hasValueCloseTo(5 / 7.0, within(1e-12));
    assertThat(worked().value(CAT)).isEmpty();
  }

  @Test
  void isOneForPeopleWhoSayTheSame() {
    Kappa kappa = new Kappa(CLASSES);
    kappa.add(List.of(at(0, CAR), at(1, DOG)), List.of(at(1, DOG), at(0, CAR)));

    assertThat(kappa.value()).hasValue(1);
    assertThat(kappa.value(CAR)).hasValue(1);
  }

  @Test
  void saysNothingWhereOneClassOccurs() {
    Kappa kappa = new Kappa(CLASSES);
    assertThat(kappa.value()).isEmpty();

    kappa.add(List.of(at(0, CAR), at(1, CAR)), List.of(at(0, CAR)));

    assertThat(kappa.value()).isEmpty();
    assertThat(kappa.value(CAR)).isEmpty();
  }

  @Test
  void isTheSameFromBothSides() {
    Kappa turned = new Kappa(CLASSES);
    turned.add(
        List.of(at(0, CAR), at(1, CAR), at(2, DOG), at(3, DOG)),
        List.of(at(0, CAR), at(1, CAR), at(2, CAR), at(3, DOG)));
    turned.add(
        List.of(at(0, CAR), at(1, CAR), at(3, DOG)),
        List.of(at(0, CAR), at(1, CAR), at(2, CAR), at(3, DOG)));

    assertThat(turned.value().orElseThrow())
        .isCloseTo(worked().value().orElseThrow(), within(1e-12));
  }
}
