package dev.labelloop.activities.detector.yolox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.labelloop.activities.detector.nn.Conv;
import dev.labelloop.activities.detector.nn.Conv.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Builds YOLOX's blocks and remembers every convolution in the order of its making.
 *
 * <p>A block is a function of its input and of a {@link Pass}, so that inference, training and the
 * estimation of statistics walk one and the same network.
 */
final class Blocks {
  /** One way to run a convolution: for inference, for training, to watch its output. */
  interface Pass extends BiFunction<Conv, NDArray, NDArray> {}

  /** A piece of the network. */
  interface Block extends BiFunction<Pass, NDArray, NDArray> {
    /** This block, then the next. */
    default Block then(Block next) {
      return (pass, x) -> next.apply(pass, apply(pass, x));
    }
  }

  private final boolean depthwise;
  private final List<Conv> convolutions = new ArrayList<>();

  Blocks(boolean depthwise) {
    this.depthwise = depthwise;
  }

  /** Every convolution so far, in order. */
  List<Conv> convolutions() {
    return convolutions;
  }

  /** Convolution, batch norm, SiLU. */
  Block conv(String name, int in, int out, int kernel, int stride) {
    return add(new Conv(name, new Geometry(in, out, kernel, stride, 1), true));
  }

  /** A predictor: a 1 × 1 convolution with bias, nothing after it. */
  Block predictor(String name, int in, int out) {
    return add(new Conv(name, new Geometry(in, out, 1, 1, 1), false));
  }

  /** A 3 × 3 convolution, split into a depthwise and a pointwise one in the nano size. */
  Block spatial(String name, int in, int out, int stride) {
    if (!depthwise) {
      return conv(name, in, out, 3, stride);
    }
    return add(new Conv(name + ".dconv", new Geometry(in, in, 3, stride, in), true))
        .then(conv(name + ".pconv", in, out, 1, 1));
  }

  /** Cross stage partial layer (arXiv 1911.11929) with n bottlenecks. */
  Block csp(String name, int in, int out, int n, boolean shortcut) {
    int hidden = out / 2;
    Block main = conv(name + ".conv1", in, hidden, 1, 1);
    Block side = conv(name + ".conv2", in, hidden, 1, 1);
    Block merge = conv(name + ".conv3", 2 * hidden, out, 1, 1);
    for (int i = 0; i < n; i++) {
      main = main.then(bottleneck(name + ".m." + i, hidden, shortcut));
    }
    Block deep = main;
    return (pass, x) ->
        merge.apply(pass, NDArrays.concat(new NDList(deep.apply(pass, x), side.apply(pass, x)), 1));
  }

  private Block bottleneck(String name, int channels, boolean shortcut) {
    Block body =
        conv(name + ".conv1", channels, channels, 1, 1)
            .then(spatial(name + ".conv2", channels, channels, 1));
    return shortcut ? (pass, x) -> body.apply(pass, x).add(x) : body;
  }

  /**
   * Spatial pyramid pooling (arXiv 1406.4729) with windows of 5, 9 and 13.
   *
   * <p>The largest of the largest is the largest: a window of 9 is one of 5 over one of 5, and a
   * square is a column over a row. The values are the same, for 30 comparisons instead of 275.
   */
  Block spp(String name, int in, int out) {
    Block before = conv(name + ".conv1", in, in / 2, 1, 1);
    Block after = conv(name + ".conv2", in / 2 * 4, out, 1, 1);
    return (pass, x) -> {
      NDArray y = before.apply(pass, x);
      NDArray five = pool(y);
      NDArray nine = pool(five);
      return after.apply(pass, NDArrays.concat(new NDList(y, five, nine, pool(nine)), 1));
    };
  }

  private Block add(Conv conv) {
    convolutions.add(conv);
    return (pass, x) -> pass.apply(conv, x);
  }

  /** Largest values over windows of 5 × 5. */
  private static NDArray pool(NDArray x) {
    return pool(pool(x, 1, 5), 5, 1);
  }

  private static NDArray pool(NDArray x, int height, int width) {
    return x.getNDArrayInternal()
        .maxPool(
            new Shape(height, width), new Shape(1, 1), new Shape(height / 2, width / 2), false);
  }
}
