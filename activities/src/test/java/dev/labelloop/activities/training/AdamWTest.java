package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.weights.Tensor;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final double CLOSE = 1e-6;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final AdamW optimiser = new AdamW();

  @BeforeEach
  void noGradients() {
    JniUtils.setGradMode(false);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theFirstStepGoesByTheRateAgainstEachSign() {
    NDArray shift = manager.create(new float[] {1, -1});
    optimiser.add("shift", shift, 1);

    pull(shift, 0.3f, -0.4f);
    optimiser.step(0.1);

    // Mean and square are corrected to g and g², so each value moves by 0.1 · g / |g|.
    assertThat((double) shift.toFloatArray()[0]).isCloseTo(0.9, within(CLOSE));
    assertThat((double) shift.toFloatArray()[1]).isCloseTo(-0.9, within(CLOSE));
    // The average keeps (1 + 1) / (10 + 1) at first: 2/11 · 1 + 9/11 · 0.9
    assertThat(state("average/shift")[0]).isCloseTo(2.0 / 11 + 0.9 * 9 / 11, within(CLOSE));
  }

  @Test
  void theSecondStepRemembersTheFirst() {
    NDArray shift = manager.create(new float[] {0});
    optimiser.add("shift", shift, 1);
    pull(shift, 0.3f);
    optimiser.step(0);
    pull(shift, 0.1f);
    optimiser.step(1);

    // mean (0.9 · 0.03 + 0.1 · 0.1) / (1 − 0.9²) = 0.037 / 0.19 = 0.194737
    // square (0.999 · 0.00009 + 0.001 · 0.01) / (1 − 0.999²) = 0.00009991 / 0.001999 = 0.0499800
    assertThat((double) shift.toFloatArray()[0])
        .isCloseTo(-0.194737 / Math.sqrt(0.0499800), within(1e-4));
    assertThat(optimiser.steps()).isEqualTo(2);
  }

  @Test
  void onlyWeightsDecayAndTheFactorScalesTheRate() {
    NDArray weight = manager.create(new float[] {1}, new Shape(1, 1));
    optimiser.add("weight", weight, 2);
    pull(weight, 0.5f);
    optimiser.step(0.1);

    assertThat((double) weight.toFloatArray()[0]).isCloseTo(1 - 0.2 * 0.01 - 0.2, within(CLOSE));
  }

  @Test
  void shortensALongGradient() {
    NDArray shift = manager.create(new float[] {0, 0});
    optimiser.add("shift", shift, 1);
    pull(shift, 30, 40); // norm 50, shortened to 10: (6, 8)
    optimiser.step(0.1);

    assertThat(state("mean/shift")[0]).isCloseTo(0.6, within(CLOSE));
    assertThat(state("mean/shift")[1]).isCloseTo(0.8, within(CLOSE));
  }

  @Test
  void refusesAGradientThatIsNotFiniteAndMovesNothing() {
    NDArray shift = manager.create(new float[] {1, 2});
    optimiser.add("shift", shift, 1);
    pull(shift, Float.NaN, 1);

    assertThatThrownBy(() -> optimiser.step(0.1))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("step 1")
        .hasMessageContaining("lower training.rate");
    assertThat(shift.toFloatArray()).containsExactly(1, 2);
    assertThat(optimiser.steps()).isZero();
  }

  @Test
  void forgetsTheGradientAfterAStep() {
    NDArray shift = manager.create(new float[] {0});
    optimiser.add("shift", shift, 1);
    pull(shift, 1);
    optimiser.step(0.1);

    assertThat(shift.getGradient().toFloatArray()).containsExactly(0);
  }

  @Test
  void refusesTheStateOfAnotherTraining() {
    optimiser.add("shift", manager.create(new float[] {1, 2}), 1);
    SortedMap<String, Tensor> other = new TreeMap<>(optimiser.state());
    other.put("mean/shift", Tensor.of(1));

    assertThatThrownBy(() -> optimiser.restore(other, "a.safetensors"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("a.safetensors lacks mean/shift");
  }

  private void pull(NDArray array, float... gradient) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(array.mul(manager.create(gradient, array.getShape())).sum());
    }
  }

  private double[] state(String name) {
    Tensor tensor = optimiser.state().get(name);
    assertThat(tensor).as(name).isNotNull();
    double[] values = new double[tensor == null ? 0 : tensor.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.data()[i];
    }
    return values;
  }
}
