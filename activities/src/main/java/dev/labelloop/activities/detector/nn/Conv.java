package dev.labelloop.activities.detector.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, with or without batch norm, followed by SiLU or by nothing.
 *
 * <p>It is in one of two states. <b>Folded</b>: weight and bias, as models are stored and used for
 * inference. <b>With batch norm</b>: weight, scale, shift and running statistics, as models are
 * trained. Batch norm: Ioffe and Szegedy 2015, arXiv 1502.03167; SiLU: Elfwing et al. 2017, arXiv
 * 1702.03118.
 */
public final class Conv {
  /** YOLOX's value; part of the network's function. */
  static final float EPSILON = 1e-3f;

  /** The four settings that decide a convolution's shape. */
  public record Geometry(int in, int out, int kernel, int stride, int groups) {
    private Shape steps() {
      return new Shape(stride, stride);
    }

    private Shape padding() {
      return new Shape((kernel - 1) / 2, (kernel - 1) / 2);
    }
  }

  private final String name;
  private final Geometry geometry;
  private final boolean activated;
  private static final Shape DILATION = new Shape(1, 1);

  private @Nullable NDArray weight;
  private @Nullable NDArray bias;
  private @Nullable BatchNorm norm;

  private record BatchNorm(NDArray scale, NDArray shift, NDArray mean, NDArray variance) {}

  /**
   * A convolution without values yet.
   *
   * @param name in dotted form, such as {@code backbone.backbone.stem.conv}
   * @param activated whether SiLU follows (and batch norm may be put in between)
   */
  public Conv(String name, Geometry geometry, boolean activated) {
    this.name = name;
    this.geometry = geometry;
    this.activated = activated;
  }

  /** The dotted name. */
  public String name() {
    return name;
  }

  /** What decides its shape. */
  public Geometry geometry() {
    return geometry;
  }

  /** Whether SiLU follows. */
  public boolean activated() {
    return activated;
  }

  /** Whether batch norm stands between convolution and activation. */
  public boolean normalised() {
    return norm != null;
  }

  /**
   * The name under which files keep the weight: a convolution of a block is called {@code conv}.
   */
  public String key(String part) {
    return activated ? name + ".conv." + part : name + "." + part;
  }

  private long[] weightShape() {
    return new long[] {
      geometry.out, geometry.in / geometry.groups, geometry.kernel, geometry.kernel
    };
  }

  /**
   * Takes folded weight and bias from a file.
   *
   * @throws InvalidModelException if one is missing or of another shape
   */
  public void load(NDManager manager, SortedMap<String, Tensor> tensors, String source) {
    weight = manager.create(values(tensors, "weight", weightShape(), source), shape(weightShape()));
    bias = manager.create(values(tensors, "bias", new long[] {geometry.out}, source));
    norm = null;
  }

  /**
   * Checks that a file holds this convolution.
   *
   * @throws InvalidModelException if weight or bias is missing or of another shape
   */
  public void requireFits(SortedMap<String, Tensor> tensors, String source) {
    values(tensors, "weight", weightShape(), source);
    values(tensors, "bias", new long[] {geometry.out}, source);
  }

  private float[] values(
      SortedMap<String, Tensor> tensors, String part, long[] shape, String source) {
    Tensor tensor = tensors.get(key(part));
    if (tensor == null) {
      throw new InvalidModelException(
          source + " has no tensor " + key(part) + ": it holds another architecture");
    }
    if (!tensor.hasShape(shape)) {
      throw new InvalidModelException(
          source
              + ": tensor "
              + key(part)
              + " has shape "
              + Arrays.toString(tensor.shape())
              + ", this network needs "
              + Arrays.toString(shape)
              + ": it holds another architecture or size");
    }
    return tensor.data();
  }

  /**
   * Puts batch norm between convolution and activation.
   *
   * @param mean per channel, of the convolution's output without bias
   * @param variance per channel, likewise
   * @param identity true to keep the function as it is for these statistics (scale = standard
   *     deviation, shift = mean + bias); false for scale 1 and shift = bias, which normalises
   */
  public void insertBatchNorm(NDManager manager, float[] mean, float[] variance, boolean identity) {
    float[] oldBias = bias().toFloatArray();
    float[] scale = new float[geometry.out];
    float[] shift = new float[geometry.out];
    for (int c = 0; c < geometry.out; c++) {
      scale[c] = identity ? (float) Math.sqrt(variance[c] + EPSILON) : 1;
      shift[c] = identity ? mean[c] + oldBias[c] : oldBias[c];
    }
    bias().close();
    bias = null;
    norm =
        new BatchNorm(
            manager.create(scale),
            manager.create(shift),
            manager.create(mean),
            manager.create(variance));
  }

  /** The arrays that training moves, by name; batch norm's statistics are not among them. */
  public Map<String, NDArray> parameters() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    all.put(key("weight"), weight());
    if (norm == null) {
      all.put(key("bias"), bias());
    } else {
      all.put(name + ".bn.weight", norm.scale);
      all.put(name + ".bn.bias", norm.shift);
    }
    return all;
  }

  /** Batch norm's running statistics, by name; empty when folded. */
  public Map<String, NDArray> statistics() {
    if (norm == null) {
      return Map.of();
    }
    Map<String, NDArray> all = new LinkedHashMap<>();
    all.put(name + ".bn.running_mean", norm.mean);
    all.put(name + ".bn.running_var", norm.variance);
    return all;
  }

  /** Weight and bias with batch norm folded in, as files keep them. */
  public Map<String, Tensor> folded() {
    float[] w = weight().toFloatArray();
    float[] b = new float[geometry.out];
    if (norm == null) {
      b = bias().toFloatArray();
    } else {
      float[] scale = norm.scale.toFloatArray();
      float[] shift = norm.shift.toFloatArray();
      float[] mean = norm.mean.toFloatArray();
      float[] variance = norm.variance.toFloatArray();
      int perChannel = w.length / geometry.out;
      for (int c = 0; c < geometry.out; c++) {
        double factor = scale[c] / Math.sqrt((double) variance[c] + EPSILON);
        b[c] = (float) (shift[c] - mean[c] * factor);
        for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
          w[i] = (float) (w[i] * factor);
        }
      }
    }
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put(key("weight"), new Tensor(weightShape(), w));
    all.put(key("bias"), Tensor.of(b));
    return all;
  }

  /** Convolution (and batch norm, by running statistics) and activation, for inference. */
  public NDArray infer(NDArray x) {
    NDArray y = normalise(convolve(x), false, 1);
    return activated ? siluInPlace(y) : y;
  }

  /**
   * The same with batch statistics and gradients.
   *
   * @param keep share of the old running statistics that stays, in [0, 1)
   */
  public NDArray train(NDArray x, float keep) {
    NDArray y = normalise(convolve(x), true, keep);
    return activated ? y.mul(y.getNDArrayInternal().sigmoid()) : y;
  }

  /**
   * As {@link #infer} in the folded state, and notes the statistics of the convolution's output.
   *
   * @param mean moved towards this batch's mean of the output without bias
   * @param variance moved towards this batch's variance
   * @param keep share of the old values that stays, in [0, 1)
   */
  public NDArray observe(NDArray x, NDArray mean, NDArray variance, float keep) {
    NDArray plain = convolve(x, null);
    NDArray scale = x.getManager().ones(mean.getShape());
    plain
        .getNDArrayInternal()
        .batchNorm(plain, mean, variance, scale, scale, -1, keep, EPSILON, true);
    return siluInPlace(plain.addi(bias().reshape(1, geometry.out, 1, 1)));
  }

  private NDArray convolve(NDArray x) {
    return convolve(x, bias); // none where batch norm follows
  }

  private NDArray convolve(NDArray x, @Nullable NDArray add) {
    return convolve(x, weight(), add, geometry);
  }

  /** The bare convolution. */
  static NDArray plain(NDArray x, NDArray weight, Geometry geometry) {
    return convolve(x, weight, null, geometry);
  }

  private static NDArray convolve(
      NDArray x, NDArray weight, @Nullable NDArray bias, Geometry geometry) {
    return x.getNDArrayInternal()
        .convolution(
            x, weight, bias, geometry.steps(), geometry.padding(), DILATION, geometry.groups)
        .singletonOrThrow();
  }

  private NDArray normalise(NDArray y, boolean training, float keep) {
    BatchNorm n = norm;
    if (n == null) {
      return y;
    }
    return y.getNDArrayInternal()
        .batchNorm(y, n.mean, n.variance, n.scale, n.shift, -1, keep, EPSILON, training)
        .singletonOrThrow();
  }

  private static NDArray siluInPlace(NDArray y) {
    NDArrayEx internal = y.getNDArrayInternal();
    try (NDArray gate = internal.sigmoid()) {
      return y.muli(gate);
    }
  }

  private NDArray weight() {
    return present(weight);
  }

  private NDArray bias() {
    return present(bias);
  }

  private <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(name + " is not in the state that this call needs");
    }
    return value;
  }

  private static Shape shape(long[] sizes) {
    return new Shape(sizes);
  }
}
