package dev.labelloop.activities.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.weights.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * AdamW (arXiv 1711.05101) with gradient clipping by norm and an exponential moving average of the
 * parameters.
 *
 * <p>Values, moments and average are plain Java arrays: a network of a million parameters moves in
 * a few milliseconds, and a checkpoint is these arrays. Only gradients come from, and only values
 * go back to, the engine.
 */
final class AdamW {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** On weights of convolutions alone, not on scales, shifts and biases. */
  private static final double DECAY = 0.01;

  /** Gradients longer than this are shortened to it; ordinary steps of YOLOX stay below. */
  private static final double MOST_NORM = 10;

  /** The average forgets in about 500 steps; in the beginning faster, so that it does not lag. */
  private static final double AVERAGE_DECAY = 0.998;

  private final List<Slot> slots = new ArrayList<>();
  private int steps;

  private static final class Slot {
    final String name;
    final NDArray array;
    final double rateFactor;
    final boolean decays;
    final float[] value;
    final float[] mean;
    final float[] square;
    final float[] average;
    @Nullable PtNDArray gradient;

    Slot(String name, NDArray array, double rateFactor) {
      this.name = name;
      this.array = array;
      this.rateFactor = rateFactor;
      this.decays = array.getShape().dimension() > 1;
      this.value = array.toFloatArray();
      this.mean = new float[value.length];
      this.square = new float[value.length];
      this.average = value.clone();
    }
  }

  /** Takes a parameter in; its gradients are followed from now on. */
  void add(String name, NDArray array, double rateFactor) {
    array.setRequiresGradient(true);
    slots.add(new Slot(name, array, rateFactor));
  }

  /** Steps taken so far, over all attempts. */
  int steps() {
    return steps;
  }

  /**
   * Moves every parameter against its gradient and forgets the gradients.
   *
   * @throws TrainingFailedException if a gradient is not finite
   */
  void step(double rate) {
    float[][] gradients = new float[slots.size()][];
    double norm = 0;
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = gradient(slots.get(i));
      for (float g : gradients[i]) {
        norm += (double) g * g;
      }
    }
    norm = Math.sqrt(norm);
    if (!Double.isFinite(norm)) {
      throw new TrainingFailedException(
          "the gradient of step " + (steps + 1) + " is not finite: lower training.rate");
    }
    steps++;
    float shorten = (float) Math.min(1, MOST_NORM / Math.max(norm, EPSILON));
    float keep = (float) Math.min(AVERAGE_DECAY, (1.0 + steps) / (10.0 + steps));
    for (int i = 0; i < gradients.length; i++) {
      Slot slot = slots.get(i);
      move(slot, gradients[i], shorten, rate * slot.rateFactor, keep);
      slot.array.set(FloatBuffer.wrap(slot.value));
    }
  }

  private static float[] gradient(Slot slot) {
    PtNDArray gradient = slot.gradient;
    if (gradient == null) {
      gradient = (PtNDArray) slot.array.getGradient(); // one handle for good: each call makes one
      slot.gradient = gradient;
    }
    float[] values = gradient.toFloatArray();
    JniUtils.zeroGrad((PtNDArray) slot.array);
    return values;
  }

  private void move(Slot slot, float[] gradient, float shorten, double rate, float keep) {
    float correction1 = (float) (1 - Math.pow(BETA1, steps));
    float correction2 = (float) (1 - Math.pow(BETA2, steps));
    float step = (float) rate;
    float shrink = slot.decays ? (float) (1 - rate * DECAY) : 1;
    for (int j = 0; j < gradient.length; j++) {
      float g = gradient[j] * shorten;
      float m = (float) BETA1 * slot.mean[j] + (float) (1 - BETA1) * g;
      float v = (float) BETA2 * slot.square[j] + (float) (1 - BETA2) * g * g;
      float denominator = (float) Math.sqrt(v / correction2) + (float) EPSILON;
      float w = slot.value[j] * shrink - step * (m / correction1) / denominator;
      slot.mean[j] = m;
      slot.square[j] = v;
      slot.value[j] = w;
      slot.average[j] = keep * slot.average[j] + (1 - keep) * w;
    }
  }

  /** Puts the averages where the values are; for the end of a training. */
  void useAverages() {
    for (Slot slot : slots) {
      slot.array.set(FloatBuffer.wrap(slot.average));
    }
  }

  /** Everything needed to go on, by name. */
  SortedMap<String, Tensor> state() {
    SortedMap<String, Tensor> all = new TreeMap<>();
    all.put("steps", Tensor.of(steps)); // exact in float32 up to 16 million
    for (Slot slot : slots) {
      parts(slot).forEach((part, values) -> all.put(part + "/" + slot.name, Tensor.of(values)));
    }
    return all;
  }

  /** Goes back to a stored state. */
  void restore(SortedMap<String, Tensor> state, String source) {
    for (Slot slot : slots) {
      parts(slot)
          .forEach(
              (part, values) -> {
                Tensor stored = state.get(part + "/" + slot.name);
                if (stored == null || !stored.hasShape(values.length)) {
                  throw new InvalidModelException(
                      source
                          + " lacks "
                          + part
                          + "/"
                          + slot.name
                          + ": it is of another training; remove it, and this one begins anew");
                }
                System.arraycopy(stored.data(), 0, values, 0, values.length);
              });
      slot.array.set(FloatBuffer.wrap(slot.value));
    }
    Tensor stored = state.get("steps");
    steps = stored == null ? 0 : (int) stored.data()[0];
  }

  private static Map<String, float[]> parts(Slot slot) {
    return Map.of(
        "value", slot.value, "mean", slot.mean, "square", slot.square, "average", slot.average);
  }
}
