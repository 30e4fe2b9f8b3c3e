package dev.labelloop.activities.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassMatchingTest {
  private static final List<String> COCO =
      List.of("person", "bicycle", "car", "motorcycle", "airplane", "tv", "couch", "traffic light");

  @ParameterizedTest
  @CsvSource({
    "Car, 2",
    "MOTORBIKE, 3",
    "aeroplane, 4",
    "tvmonitor, 5",
    "sofa, 6",
    "Traffic_Light, 7",
    "' person ', 0",
    "Pedestrian, 0",
    "traffic-light, 7"
  })
  void findsAClassByNameCaseAndSynonymsAside(String name, int place) {
    assertThat(ClassMatching.find(name, COCO)).isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource({"Ambulance", "cart", "cars", "light"})
  void doesNotGuess(String name) {
    assertThat(ClassMatching.find(name, COCO)).isEqualTo(-1);
  }

  @Test
  void weightsMayUseTheOtherName() {
    assertThat(ClassMatching.find("couch", List.of("chair", "Sofa"))).isEqualTo(1);
  }
}
