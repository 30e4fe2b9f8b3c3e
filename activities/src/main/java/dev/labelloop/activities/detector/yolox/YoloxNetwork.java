package dev.labelloop.activities.detector.yolox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.nn.Conv;
import dev.labelloop.activities.detector.nn.ConvolutionSelfCheck.Site;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.activities.detector.yolox.Blocks.Block;
import dev.labelloop.activities.detector.yolox.Blocks.Pass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The YOLOX network (arXiv 2107.08430): CSPDarknet, PAFPN neck, decoupled anchor-free head.
 *
 * <p>Input: float32 [B, 3, H, W], channels blue, green, red, values 0 to 255 (or 0 to 1 with a stem
 * scaled by 255), H and W multiples of 32. Output: float32 [B, N, 5 + C]; the columns are tx, ty,
 * tw, th, the logit of objectness and C logits of classes; the rows are the cells of stride 8, then
 * 16, then 32, row by row; N = H W (1/64 + 1/256 + 1/1024).
 */
public final class YoloxNetwork {
  /** Pixels between neighbouring cells, by level. */
  public static final List<Integer> STRIDES = List.of(8, 16, 32);

  /** What the input's side must be a multiple of. */
  static final int LARGEST_STRIDE = 32;

  /** Columns before the classes: box and objectness. */
  public static final int BOX_COLUMNS = 5;

  private final YoloxSize size;
  private final int classes;
  private final Blocks blocks;
  private final Block stem;
  private final Block dark3;
  private final Block dark4;
  private final Block dark5;
  private final Block lateral;
  private final Block topDown4;
  private final Block reduce;
  private final Block topDown3;
  private final Block down3;
  private final Block bottomUp4;
  private final Block down4;
  private final Block bottomUp5;
  private final List<HeadLevel> head = new ArrayList<>();

  private record HeadLevel(
      Block stem, Block classBranch, Block boxBranch, Block classes, Block boxes, Block objects) {}

  /** Features of the neck and logits of the head. */
  public record Output(NDArray logits, List<NDArray> neck) {}

  /** A network without values yet; {@link #load} gives it some. */
  public YoloxNetwork(YoloxSize size, int classes) {
    this.size = size;
    this.classes = classes;
    this.blocks = new Blocks(size.depthwise());
    String b = "backbone.backbone.";
    int c1 = size.channels(64);
    int c2 = size.channels(128);
    int c3 = size.channels(256);
    int c4 = size.channels(512);
    int c5 = size.channels(1024);
    int n = size.bottlenecks(3);
    stem =
        blocks
            .conv(b + "stem.conv", 12, c1, 3, 1)
            .then(blocks.spatial(b + "dark2.0", c1, c2, 2))
            .then(blocks.csp(b + "dark2.1", c2, c2, n, true));
    dark3 =
        blocks
            .spatial(b + "dark3.0", c2, c3, 2)
            .then(blocks.csp(b + "dark3.1", c3, c3, 3 * n, true));
    dark4 =
        blocks
            .spatial(b + "dark4.0", c3, c4, 2)
            .then(blocks.csp(b + "dark4.1", c4, c4, 3 * n, true));
    dark5 =
        blocks
            .spatial(b + "dark5.0", c4, c5, 2)
            .then(blocks.spp(b + "dark5.1", c5, c5))
            .then(blocks.csp(b + "dark5.2", c5, c5, n, false));
    lateral = blocks.conv("backbone.lateral_conv0", c5, c4, 1, 1);
    topDown4 = blocks.csp("backbone.C3_p4", 2 * c4, c4, n, false);
    reduce = blocks.conv("backbone.reduce_conv1", c4, c3, 1, 1);
    topDown3 = blocks.csp("backbone.C3_p3", 2 * c3, c3, n, false);
    down3 = blocks.spatial("backbone.bu_conv2", c3, c3, 2);
    bottomUp4 = blocks.csp("backbone.C3_n3", 2 * c3, c4, n, false);
    down4 = blocks.spatial("backbone.bu_conv1", c4, c4, 2);
    bottomUp5 = blocks.csp("backbone.C3_n4", 2 * c4, c5, n, false);
    int[] neck = {c3, c4, c5};
    for (int level = 0; level < STRIDES.size(); level++) {
      head.add(headLevel(level, neck[level], c3));
    }
  }

  private HeadLevel headLevel(int level, int in, int hidden) {
    String classBranch = "head.cls_convs." + level;
    String boxBranch = "head.reg_convs." + level;
    return new HeadLevel(
        blocks.conv("head.stems." + level, in, hidden, 1, 1),
        blocks
            .spatial(classBranch + ".0", hidden, hidden, 1)
            .then(blocks.spatial(classBranch + ".1", hidden, hidden, 1)),
        blocks
            .spatial(boxBranch + ".0", hidden, hidden, 1)
            .then(blocks.spatial(boxBranch + ".1", hidden, hidden, 1)),
        blocks.predictor("head.cls_preds." + level, hidden, classes),
        blocks.predictor("head.reg_preds." + level, hidden, 4),
        blocks.predictor("head.obj_preds." + level, hidden, 1));
  }

  /** How deep and wide. */
  public YoloxSize size() {
    return size;
  }

  /** Number of classes, C. */
  public int classes() {
    return classes;
  }

  /** Every convolution, in a fixed order. */
  public List<Conv> convolutions() {
    return blocks.convolutions();
  }

  /**
   * Takes folded values; tensors that the network does not need are refused too.
   *
   * @param source names the file in errors
   * @throws InvalidModelException naming the first tensor at fault
   */
  public void load(NDManager manager, SortedMap<String, Tensor> tensors, String source) {
    requireFits(tensors, source);
    for (Conv conv : convolutions()) {
      conv.load(manager, tensors, source);
    }
  }

  /**
   * Checks that a file holds this network and nothing else.
   *
   * @throws InvalidModelException naming the first tensor at fault
   */
  public void requireFits(SortedMap<String, Tensor> tensors, String source) {
    convolutions().forEach(conv -> conv.requireFits(tensors, source));
    if (tensors.size() != 2 * convolutions().size()) {
      SortedMap<String, Tensor> rest = new TreeMap<>(tensors);
      convolutions().forEach(c -> rest.keySet().removeAll(List.of(c.key("weight"), c.key("bias"))));
      throw new InvalidModelException(
          source
              + " has a tensor too many, "
              + rest.firstKey()
              + ": it holds another architecture");
    }
  }

  /** The values with batch norm folded in, in name order. */
  public SortedMap<String, Tensor> folded() {
    SortedMap<String, Tensor> all = new TreeMap<>();
    convolutions().forEach(conv -> all.putAll(conv.folded()));
    return all;
  }

  /** Forward for inference; batch norm, where there is any, uses its running statistics. */
  public Output infer(NDArray images) {
    return forward(Conv::infer, images);
  }

  /**
   * Forward with batch statistics and gradients; logits as for inference.
   *
   * @param keep share of the old running statistics that stays, in [0, 1)
   */
  public NDArray train(NDArray images, float keep) {
    return forward((conv, x) -> conv.train(x, keep), images).logits();
  }

  /**
   * Puts batch norm behind every convolution that an activation follows.
   *
   * @param pictures as for inference; the statistics are those of all of them
   * @param identity true keeps the function as it is for these pictures (for trained weights);
   *     false normalises (for drawn ones)
   */
  public void insertBatchNorm(NDManager manager, Pictures pictures, boolean identity) {
    Map<String, NDArray> means = new HashMap<>();
    Map<String, NDArray> variances = new HashMap<>();
    for (Conv conv : convolutions()) {
      means.put(conv.name(), manager.zeros(new Shape(conv.geometry().out())));
      variances.put(conv.name(), manager.ones(new Shape(conv.geometry().out())));
    }
    if (identity) {
      each(
          manager,
          pictures,
          (batch, keep) ->
              forward(
                  (conv, x) ->
                      conv.activated()
                          ? conv.observe(x, at(means, conv), at(variances, conv), keep)
                          : conv.infer(x),
                  batch));
    }
    for (Conv conv : convolutions()) {
      if (conv.activated()) {
        conv.insertBatchNorm(
            manager, at(means, conv).toFloatArray(), at(variances, conv).toFloatArray(), identity);
      }
    }
  }

  /** Makes the running statistics those of these pictures; needed after the weights moved. */
  public void estimateStatistics(NDManager manager, Pictures pictures) {
    each(manager, pictures, (batch, keep) -> train(batch, keep));
  }

  /** Pictures to take statistics of. */
  public interface Pictures {
    /** How many batches. */
    int batches();

    /** The i-th batch, float32 [B, 3, H, W], made by this manager. */
    NDArray batch(NDManager manager, int i);
  }

  private interface Statistics {
    void take(NDArray batch, float keep);
  }

  /** Runs every batch in a manager of its own, so that only one lies in memory. */
  private static void each(NDManager manager, Pictures pictures, Statistics statistics) {
    for (int i = 0; i < pictures.batches(); i++) {
      try (NDManager one = manager.newSubManager()) {
        statistics.take(pictures.batch(one, i), i / (i + 1f)); // makes running means plain means
      }
    }
  }

  private static NDArray at(Map<String, NDArray> map, Conv conv) {
    return Objects.requireNonNull(map.get(conv.name()), conv.name());
  }

  /** Every distinct convolution with the size of what it looks at, for one input side. */
  public Set<Site> sites(int input) {
    Set<Site> all = new LinkedHashSet<>();
    Pass watch =
        (conv, x) -> {
          Conv.Geometry g = conv.geometry();
          int height = (int) x.getShape().get(2);
          int width = (int) x.getShape().get(3);
          all.add(new Site(g, height, width));
          return x.getManager()
              .zeros(new Shape(1, g.out(), height / g.stride(), width / g.stride()));
        };
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      forward(watch, manager.zeros(new Shape(1, 3, input, input)));
    }
    return all;
  }

  Output forward(Pass pass, NDArray images) {
    NDArray two = stem.apply(pass, focus(images));
    NDArray three = dark3.apply(pass, two);
    NDArray four = dark4.apply(pass, three);
    NDArray five = dark5.apply(pass, four);

    NDArray five0 = lateral.apply(pass, five);
    NDArray four0 = reduce.apply(pass, topDown4.apply(pass, concat(upsample(five0), four)));
    NDArray out3 = topDown3.apply(pass, concat(upsample(four0), three));
    NDArray out4 = bottomUp4.apply(pass, concat(down3.apply(pass, out3), four0));
    NDArray out5 = bottomUp5.apply(pass, concat(down4.apply(pass, out4), five0));

    List<NDArray> neck = List.of(out3, out4, out5);
    NDList levels = new NDList();
    for (int level = 0; level < neck.size(); level++) {
      levels.add(head(pass, head.get(level), neck.get(level)));
    }
    return new Output(NDArrays.concat(levels, 2).transpose(0, 2, 1), neck);
  }

  private NDArray head(Pass pass, HeadLevel level, NDArray features) {
    NDArray x = level.stem.apply(pass, features);
    NDArray forClasses = level.classBranch.apply(pass, x);
    NDArray forBoxes = level.boxBranch.apply(pass, x);
    NDArray all =
        NDArrays.concat(
            new NDList(
                level.boxes.apply(pass, forBoxes),
                level.objects.apply(pass, forBoxes),
                level.classes.apply(pass, forClasses)),
            1);
    Shape shape = all.getShape();
    return all.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
  }

  /** Every second pixel into its own channels: [B, 3, H, W] to [B, 12, H/2, W/2]. */
  private static NDArray focus(NDArray x) {
    return NDArrays.concat(
        new NDList(
            x.get(":, :, 0::2, 0::2"),
            x.get(":, :, 1::2, 0::2"),
            x.get(":, :, 0::2, 1::2"),
            x.get(":, :, 1::2, 1::2")),
        1);
  }

  private static NDArray upsample(NDArray x) {
    Shape shape = x.getShape();
    return x.getNDArrayInternal()
        .interpolation(new long[] {2 * shape.get(2), 2 * shape.get(3)}, 0, false);
  }

  private static NDArray concat(NDArray a, NDArray b) {
    return NDArrays.concat(new NDList(a, b), 1);
  }
}
