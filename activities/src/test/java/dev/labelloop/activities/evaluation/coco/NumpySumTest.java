package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected: {@code np.sum(1 / (np.arange(n) + 1))} of numpy 2.4.6 and 1.24.2. */
class NumpySumTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "7, 2.5928571428571425, 2.5928571428571425",
    "8, 2.7178571428571425, 2.7178571428571425",
    "100, 5.187377517639621, 5.187377517639621",
    "128, 5.433147092589173, 5.433147092589173",
    "129, 5.440899030573669, 5.440899030573669",
    "1000, 7.485470860550345, 7.485470860550345",
    "20000, 10.480728217229327, 10.480728217229329"
  })
  void addsInNumpysOrder(int n, double tree, double chunked) {
    double[] values = IntStream.range(0, n).mapToDouble(i -> 1 / (i + 1.0)).toArray();

    assertThat(NumpySum.TREE.of(values, n)).isEqualTo(tree);
    assertThat(NumpySum.CHUNKED.of(values, n)).isEqualTo(chunked);
  }
}
