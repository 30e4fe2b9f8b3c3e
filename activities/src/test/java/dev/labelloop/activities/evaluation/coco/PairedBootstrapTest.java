package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Draws;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void weightsAreCopiesOfImages() {
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = Draws.of(seed, "weights");
      int images = 1 + seed % 9;
      GroundTruth truth = TiedSets.truth(random, images, 4 * images);
      Detections detections = TiedSets.detections(random, truth, 9 * images);
      int[] weights = IntStream.range(0, images).map(i -> random.nextInt(4)).toArray();

      double[] ap = new double[TiedSets.CATEGORIES];
      RankedModel.of(truth, detections)
          .classAp(new int[][] {weights}, new double[][] {ap}, new ClassRanking.Room());

      CocoResult copied =
          new CocoEvaluator(Protocol.MAP_ONLY)
              .evaluate(copied(truth, weights), copied(detections, weights));
      for (int k = 0; k < ap.length; k++) {
        assertThat(ap[k])
            .as("seed %d, class %d", seed, k)
            .isCloseTo(copied.perClass().get(k).ap(), within(ROUNDING));
      }
      assertThat(RankedModel.mean(ap)).isCloseTo(copied.map(), within(ROUNDING));
    }
  }

  private static GroundTruth copied(GroundTruth truth, int[] weights) {
    BitSet crowd = new BitSet();
    BoxColumns boxes = new BoxColumns();
    int[] first = firsts(weights);
    for (int row = 0; row < truth.boxes.size; row++) {
      for (int copy = 0; copy < weights[truth.boxes.image[row]]; copy++) {
        crowd.set(boxes.size, truth.crowd.get(row));
        add(truth.boxes, row, first[truth.boxes.image[row]] + copy, boxes);
      }
    }
    return new GroundTruth(
        LongStream.range(0, Arrays.stream(weights).sum()).toArray(),
        LongStream.range(0, TiedSets.CATEGORIES).toArray(),
        Collections.nCopies(TiedSets.CATEGORIES, "class"),
        boxes,
        crowd);
  }

  private static Detections copied(Detections detections, int[] weights) {
    BoxColumns boxes = new BoxColumns();
    int[] first = firsts(weights);
    for (int row = 0; row < detections.boxes.size; row++) {
      for (int copy = 0; copy < weights[detections.boxes.image[row]]; copy++) {
        add(detections.boxes, row, first[detections.boxes.image[row]] + copy, boxes);
      }
    }
    return new Detections(boxes);
  }

  private static void add(BoxColumns from, int row, int image, BoxColumns to) {
    to.add(image, from.category[row], from.box(row, new double[4]), from.value[row]);
  }

  /** Where each image's copies begin. */
  private static int[] firsts(int[] weights) {
    int[] first = new int[weights.length];
    for (int i = 1; i < first.length; i++) {
      first[i] = first[i - 1] + weights[i - 1];
    }
    return first;
  }

  @Test
  void aModelAgainstItselfNeverDiffers() {
    RandomGenerator random = Draws.of(3, "self");
    GroundTruth truth = TiedSets.truth(random, 20, 80);
    RankedModel model = RankedModel.of(truth, TiedSets.detections(random, truth, 180));

    var replicates = new PairedBootstrap(model, model, own(20)).draw(50, 0.1, 7, () -> {});

    assertThat(replicates.difference()).containsOnly(0);
  }

  @Test
  void theSeedAloneDecidesTheDraws() {
    RandomGenerator random = Draws.of(4, "two");
    GroundTruth truth = TiedSets.truth(random, 20, 80);
    RankedModel a = RankedModel.of(truth, TiedSets.detections(random, truth, 180));
    RankedModel b = RankedModel.of(truth, TiedSets.detections(random, truth, 180));
    PairedBootstrap bootstrap = new PairedBootstrap(a, b, own(20));

    double[] first = bootstrap.draw(50, 0.1, 7, () -> {}).difference();

    assertThat(bootstrap.draw(50, 0.1, 7, () -> {}).difference()).containsExactly(first);
    assertThat(bootstrap.draw(20, 0.1, 7, () -> {}).difference())
        .containsExactly(Arrays.copyOf(first, 20));
    assertThat(bootstrap.draw(50, 0.1, 8, () -> {}).difference()).isNotEqualTo(first);
  }

  @Test
  void imagesOfOneClusterAreDrawnTogether() {
    RandomGenerator random = Draws.of(5, "cluster");
    GroundTruth truth = TiedSets.truth(random, 20, 80);
    RankedModel a = RankedModel.of(truth, TiedSets.detections(random, truth, 180));
    RankedModel b = RankedModel.of(truth, TiedSets.detections(random, truth, 180));

    // One cluster is drawn once, whole, whatever the draw: nothing is left to chance.
    double[] whole = new PairedBootstrap(a, b, new int[20]).draw(10, 0.1, 7, () -> {}).difference();

    assertThat(Arrays.stream(whole).distinct()).hasSize(1);
  }

  private static int[] own(int images) {
    return IntStream.range(0, images).toArray();
  }
}
