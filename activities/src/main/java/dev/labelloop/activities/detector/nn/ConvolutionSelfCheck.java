package dev.labelloop.activities.detector.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.labelloop.activities.detector.nn.Conv.Geometry;
import java.util.Collection;
import java.util.Locale;
import java.util.Random;

/**
 * Compares the engine's float32 convolutions with its float64 ones on this machine.
 *
 * <p>Fast kernels for float32 are chosen by processor and shape, and some of them have silently
 * computed garbage on some processors; float64 takes plain kernels. Every distinct shape of a
 * network is tried forward and backward, on one picture and on two: the number of pictures has its
 * part in the choice.
 */
public final class ConvolutionSelfCheck {
  /**
   * Largest difference that rounding explains, as a share of the largest value: sums of up to
   * 100,000 terms stay under 1e-4, a wrong kernel is off by a tenth and more.
   */
  private static final double LIMIT = 1e-3;

  private static final int MOST_PICTURES = 2;

  private final Engine engine = Engine.getEngine("PyTorch");
  private final Operation operation;

  /**
   * A convolution as a network meets it.
   *
   * @param geometry kernel, channels, stride, groups
   * @param height of the input, pixels
   * @param width of the input, pixels
   */
  public record Site(Geometry geometry, int height, int width) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%1$d × %1$d from %2$d to %3$d channels, stride %4$d, groups %5$d, on %6$d × %7$d",
          geometry.kernel(),
          geometry.in(),
          geometry.out(),
          geometry.stride(),
          geometry.groups(),
          width,
          height);
    }
  }

  /**
   * What came out.
   *
   * @param sites distinct convolutions tried
   * @param worst largest difference, as a share of the largest value
   */
  public record Report(int sites, double worst) {}

  /** One way to convolve, without bias. */
  interface Operation {
    NDArray apply(NDArray x, NDArray weight, Geometry geometry);
  }

  /** A check of this operation. */
  ConvolutionSelfCheck(Operation operation) {
    this.operation = operation;
  }

  /**
   * Tries the convolutions; seconds for a small network.
   *
   * @throws WrongConvolutionException naming the first one that is computed wrongly
   */
  public static Report run(Collection<Site> sites) {
    return new ConvolutionSelfCheck(Conv::plain).check(sites);
  }

  Report check(Collection<Site> sites) {
    JniUtils.setGradMode(false);
    double worst = 0;
    for (Site site : sites) {
      for (int pictures = 1; pictures <= MOST_PICTURES; pictures++) {
        worst = Math.max(worst, check(site, pictures));
      }
    }
    return new Report(sites.size(), worst);
  }

  private double check(Site site, int pictures) {
    Geometry g = site.geometry();
    Shape input = new Shape(pictures, g.in(), site.height(), site.width());
    Shape kernel = new Shape(g.out(), g.in() / g.groups(), g.kernel(), g.kernel());
    Random random = new Random(site.hashCode());
    float[] x = draw(random, input);
    float[] weight = draw(random, kernel);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x32 = manager.create(x, input);
      NDArray w32 = manager.create(weight, kernel);
      NDArray x64 = x32.toType(DataType.FLOAT64, true);
      NDArray w64 = w32.toType(DataType.FLOAT64, true);
      Shape output = operation.apply(x32, w32, g).getShape();
      NDArray pull32 = manager.create(draw(random, output), output);
      NDArray y32 = forwardAndBackward(x32, w32, pull32, g);
      NDArray y64 = forwardAndBackward(x64, w64, pull32.toType(DataType.FLOAT64, true), g);
      double worst = compare(site, "output", y32, y64);
      worst = Math.max(worst, compare(site, "input gradient", gradient(x32), gradient(x64)));
      return Math.max(worst, compare(site, "weight gradient", gradient(w32), gradient(w64)));
    }
  }

  private NDArray forwardAndBackward(NDArray x, NDArray weight, NDArray pull, Geometry g) {
    x.setRequiresGradient(true);
    weight.setRequiresGradient(true);
    try (GradientCollector collector = engine.newGradientCollector()) {
      NDArray y = operation.apply(x, weight, g);
      collector.backward(y.mul(pull).sum());
      return y;
    }
  }

  private static NDArray gradient(NDArray array) {
    return array.getGradient();
  }

  private static double compare(Site site, String what, NDArray single, NDArray reference) {
    double largest = reference.abs().max().getDouble();
    double difference =
        single.toType(DataType.FLOAT64, true).sub(reference).abs().max().getDouble() / largest;
    if (!(difference <= LIMIT)) { // refuses NaN too
      throw new WrongConvolutionException(site, what, difference);
    }
    return difference;
  }

  private static float[] draw(Random random, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
