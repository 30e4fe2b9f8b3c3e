package dev.labelloop.activities.evaluation.errors;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.evaluation.errors.Calibration.OfClass;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final List<String> CLASSES = List.of("car", "bus");

  @Test
  void isWorkedOutByHand() {
    // Cars: 0.90 exactly on its object, 0.91 on nothing (one bin: 0.88 to 0.92), and 0.5 whose box
    // covers 40 of the object's 100 columns: IoU 0.4, which is right for LaECE, wrong for D-ECE.
    // Bus: 0.7 with IoU 0.8.
    Calibration calibration =
        calibration(
            List.of(car(0), car(200), bus(400)),
            new Detection(new Box(0, 0, 100, 100), 0, 0.9),
            new Detection(new Box(800, 0, 100, 100), 0, 0.91),
            new Detection(new Box(200, 0, 40, 100), 0, 0.5),
            new Detection(new Box(400, 0, 80, 100), 1, 0.7));

    // D-ECE over 4: |1 - 1.81| + |0 - 0.5| + |1 - 0.7|, a fourth of it.
    assertThat(calibration.dece()).isCloseTo((0.81 + 0.5 + 0.3) / 4, within(1e-12));
    // LaECE of cars: (|1 - 1.81| + |0.4 - 0.5|) / 3; of the bus |0.8 - 0.7|.
    double cars = (0.81 + 0.1) / 3;
    assertThat(calibration.laece()).isCloseTo((cars + 0.1) / 2, within(1e-12));
    assertThat(calibration.classes()).extracting(OfClass::detections).containsExactly(3, 1);
    assertThat(calibration.classes().get(0).laece()).isCloseTo(cars, within(1e-12));
    assertThat(calibration.bins()).hasSize(3);
    Calibration.Bin last = calibration.bins().get(2);
    assertThat(last.detections()).isEqualTo(2);
    assertThat(last.from()).isEqualTo(0.88);
    assertThat(last.confidence()).isCloseTo(0.905, within(1e-12));
    assertThat(last.precision()).isEqualTo(0.5);
    assertThat(last.quality()).isEqualTo(0.5);
  }

  @Test
  void aDetectorThatIsRightAsOftenAsItSaysIsCalibrated() {
    // Of four at 0.75 three are exact: precision 0.75, and quality as well.
    Calibration calibration =
        calibration(
            List.of(car(0), car(200), car(400)),
            at(0, 0.75),
            at(200, 0.75),
            at(400, 0.75),
            at(600, 0.75));

    assertThat(calibration.dece()).isZero();
    assertThat(calibration.laece()).isZero();
  }

  @Test
  void countsOnlyWhatPeopleAreShown() {
    Calibration calibration = calibration(List.of(car(0)), at(0, 0.29), at(200, 1));

    assertThat(calibration.detections()).isEqualTo(1);
    assertThat(calibration.dece()).isEqualTo(1);
    assertThat(calibration.bins().get(0).to()).isEqualTo(1);
  }

  @Test
  void isUndefinedWithoutDetections() {
    Calibration calibration = calibration(List.of(car(0)));

    assertThat(calibration.dece()).isNull();
    assertThat(calibration.laece()).isNull();
    assertThat(calibration.bins()).isEmpty();
  }

  private static LabelledBox car(double x) {
    return new LabelledBox(new Box(x, 0, 100, 100), 0);
  }

  private static LabelledBox bus(double x) {
    return new LabelledBox(new Box(x, 0, 100, 100), 1);
  }

  private static Detection at(double x, double confidence) {
    return new Detection(new Box(x, 0, 100, 100), 0, confidence);
  }

  private static Calibration calibration(List<LabelledBox> truth, Detection... found) {
    return ErrorAnalysis.of(Map.of(image("a"), truth), Map.of(image("a"), List.of(found)), CLASSES)
        .calibration();
  }
}
