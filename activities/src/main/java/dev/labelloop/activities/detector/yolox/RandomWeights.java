package dev.labelloop.activities.detector.yolox;

import dev.labelloop.activities.detector.nn.Conv;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.core.Draws;
import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights drawn by seed: normal with variance 2 / fan-in (He et al., arXiv 1502.01852); predictors
 * small, with a bias that begins at a probability of 0.01 (the prior of arXiv 1708.02002).
 */
final class RandomWeights {
  private static final double PREDICTOR_DEVIATION = 0.01;
  private static final double PRIOR = 0.01;

  private RandomWeights() {}

  /** Values for every convolution of the network; each is keyed by its name. */
  static SortedMap<String, Tensor> draw(YoloxNetwork network, long seed) {
    SortedMap<String, Tensor> all = new TreeMap<>();
    for (Conv conv : network.convolutions()) {
      Conv.Geometry g = conv.geometry();
      int fanIn = g.in() / g.groups() * g.kernel() * g.kernel();
      double deviation = conv.activated() ? Math.sqrt(2.0 / fanIn) : PREDICTOR_DEVIATION;
      Random random = new Random(Draws.hash(seed, "weights", conv.name()));
      float[] weight = new float[g.out() * fanIn];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = (float) (random.nextGaussian() * deviation);
      }
      if (conv.name().equals("backbone.backbone.stem.conv")) {
        // Files hold the stem for pixels of 0 to 255.
        for (int i = 0; i < weight.length; i++) {
          weight[i] /= 255;
        }
      }
      float[] bias = new float[g.out()];
      if (!conv.activated() && !conv.name().startsWith("head.reg_preds")) {
        Arrays.fill(bias, (float) -Math.log((1 - PRIOR) / PRIOR));
      }
      all.put(
          conv.key("weight"),
          new Tensor(new long[] {g.out(), g.in() / g.groups(), g.kernel(), g.kernel()}, weight));
      all.put(conv.key("bias"), Tensor.of(bias));
    }
    return all;
  }
}
