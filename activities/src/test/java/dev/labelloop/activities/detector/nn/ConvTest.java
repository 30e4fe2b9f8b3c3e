package dev.labelloop.activities.detector.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.nn.Conv.Geometry;
import dev.labelloop.activities.detector.weights.Tensor;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConvTest {
  private static final int PICTURES = 2;
  private static final int SIDE = 5;

  private final Random random = new Random(4);
  private final Conv conv = new Conv("block", new Geometry(4, 6, 3, 1, 2), true);
  private NDManager manager = NDManager.newBaseManager("PyTorch");
  private SortedMap<String, Tensor> values = new TreeMap<>();
  private NDArray input = manager.zeros(new Shape(1));

  @BeforeEach
  void load() {
    JniUtils.setGradMode(false);
    values =
        new TreeMap<>(
            Map.of(
                "block.conv.weight",
                new Tensor(new long[] {6, 2, 3, 3}, draw(6 * 2 * 9)),
                "block.conv.bias",
                Tensor.of(draw(6))));
    conv.load(manager, values, "test");
    input = manager.create(draw(PICTURES * 4 * SIDE * SIDE), new Shape(PICTURES, 4, SIDE, SIDE));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aSingleProductIsWhatPaperAndPencilSay() {
    Conv one = new Conv("one", new Geometry(1, 1, 1, 1, 1), true);
    one.load(
        manager,
        new TreeMap<>(
            Map.of(
                "one.conv.weight",
                new Tensor(new long[] {1, 1, 1, 1}, new float[] {2}),
                "one.conv.bias",
                Tensor.of(1))),
        "test");

    // x = 1: 2 · 1 + 1 = 3; SiLU: 3 / (1 + e^-3) = 2.857722
    assertThat(one.infer(manager.ones(new Shape(1, 1, 1, 1))).getFloat())
        .isCloseTo(2.857722f, within(1e-6f));
  }

  @Test
  void inAndOutWithoutBatchNormChangesNoBit() {
    assertThat(conv.folded().get("block.conv.weight"))
        .satisfies(t -> assertThat(t.data()).isEqualTo(data("block.conv.weight")));
    assertThat(conv.folded().get("block.conv.bias"))
        .satisfies(t -> assertThat(t.data()).isEqualTo(data("block.conv.bias")));
  }

  @Test
  void batchNormPutInAsIdentityChangesNothingForInferenceNorForItsOwnBatch() {
    float[] before = conv.infer(input).toFloatArray();
    NDArray mean = manager.zeros(new Shape(6));
    NDArray variance = manager.ones(new Shape(6));

    float[] observed = conv.observe(input, mean, variance, 0).toFloatArray();
    conv.insertBatchNorm(manager, mean.toFloatArray(), variance.toFloatArray(), true);

    assertNear(observed, before, 1e-5);
    assertNear(conv.infer(input).toFloatArray(), before, 1e-5);
    // A batch is normalised by its biased variance, noted was the unbiased one of 50 values: a
    // factor of √(50/49) = 1.01, on values up to 11.
    assertNear(conv.train(input, 1).toFloatArray(), before, 0.15);
  }

  @Test
  void foldingBatchNormKeepsTheFunction() {
    float[] mean = draw(6);
    float[] variance = {0.1f, 0.5f, 1, 2, 9, 1e-4f};
    conv.insertBatchNorm(manager, mean, variance, false);
    float[] with = conv.infer(input).toFloatArray();

    Conv folded = new Conv("block", conv.geometry(), true);
    folded.load(manager, new TreeMap<>(conv.folded()), "folded");

    assertThat(folded.normalised()).isFalse();
    assertNear(folded.infer(input).toFloatArray(), with, 1e-4);
  }

  @Test
  void batchNormNormalisesWhatIsDrawn() {
    conv.insertBatchNorm(manager, new float[6], ones(), false);

    conv.train(input, 0); // the running statistics are now this batch's

    // Unit variance before the shift, whatever the weights: γ = 1, β = bias.
    NDArray weight = conv.parameters().get("block.conv.weight");
    NDArray scale = conv.parameters().get("block.bn.weight");
    NDArray mean = conv.statistics().get("block.bn.running_mean");
    NDArray variance = conv.statistics().get("block.bn.running_var");
    assertThat(weight).isNotNull();
    assertThat(scale).isNotNull();
    assertThat(mean).isNotNull();
    assertThat(variance).isNotNull();
    assertThat(scale.toFloatArray()).containsOnly(1);
    // 2 pictures × 6 channels × 5 × 5, as 6 channels × 50 values.
    NDArray plain = Conv.plain(input, weight, conv.geometry()).transpose(1, 0, 2, 3).reshape(6, 50);
    assertNear(mean.toFloatArray(), plain.mean(new int[] {1}).toFloatArray(), 1e-5);
    NDArray centred = plain.sub(plain.mean(new int[] {1}, true));
    NDArray unbiased = centred.mul(centred).sum(new int[] {1}).div(49f);
    assertNear(variance.toFloatArray(), unbiased.toFloatArray(), 1e-4);
  }

  @Test
  void namesTheTensorThatIsMissingOrMisshapen() {
    SortedMap<String, Tensor> without = new TreeMap<>(values);
    without.remove("block.conv.bias");
    assertThatThrownBy(() -> conv.load(manager, without, "w.safetensors"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("w.safetensors has no tensor block.conv.bias: it holds another architecture");

    SortedMap<String, Tensor> odd = new TreeMap<>(values);
    odd.put("block.conv.weight", new Tensor(new long[] {6, 2, 1, 1}, new float[12]));
    assertThatThrownBy(() -> conv.load(manager, odd, "w.safetensors"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("tensor block.conv.weight has shape [6, 2, 1, 1]")
        .hasMessageContaining("needs [6, 2, 3, 3]");
  }

  private float[] data(String name) {
    return new TreeMap<>(values).getOrDefault(name, Tensor.of()).data();
  }

  private float[] draw(int count) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = (float) random.nextGaussian();
    }
    return all;
  }

  private static float[] ones() {
    return new float[] {1, 1, 1, 1, 1, 1};
  }

  private static void assertNear(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
