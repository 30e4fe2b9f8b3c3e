package dev.labelloop.activities.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.nn.Conv;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.activities.detector.yolox.YoloxNetwork;
import dev.labelloop.activities.training.Batches.Batch;
import dev.labelloop.model.TrainingSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a YOLOX network on from given weights.
 *
 * <p>Weights come folded; batch norm is put back (as an identity for trained weights), the stem is
 * scaled by 255 and the pictures by 1/255, which is the same function but lets the stem learn at
 * the rate of the others. AdamW moves everything; the average of the weights is kept, its
 * statistics are estimated anew, batch norm folded in, and the stem scaled back.
 */
public final class YoloxTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(YoloxTrainer.class);

  /** A crash costs at most this much work. */
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(20);

  /** Class predictors learn new rows; twice the rate of what is already good. */
  private static final double HEAD_RATE = 2;

  /** YOLOX's momentum of 0.03; the running statistics only matter once they are estimated anew. */
  private static final float KEEP = 0.97f;

  /** Batches for statistics: enough for means, a few seconds. */
  private static final int STATISTICS_BATCHES = 16;

  /** Some hundreds of decoded pictures; opening one costs a few milliseconds every epoch. */
  private static final long MOST_PICTURE_BYTES = 256L << 20;

  private static final String STEM = "backbone.backbone.stem.conv";
  private static final float STEM_SCALE = 255;

  /** The engine collects gradients for one training a process. */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final ModelFiles start;
  private final ModelDescription description;
  private final TrainingData data;
  private final TrainingSpec spec;
  private final TrainingKey key;
  private final CheckpointStore checkpoints;
  private final Progress progress;
  private final Batches batches;
  private final SortedMap<String, Tensor> weights;

  /** A training that has not begun. */
  public YoloxTrainer(
      ModelFiles start,
      TrainingData data,
      TrainingSpec spec,
      Checkpoints checkpoints,
      Progress progress) {
    this.start = start;
    this.description = ModelDescription.read(start.description());
    this.data = data;
    this.spec = spec;
    this.weights = Safetensors.read(start.weights());
    this.key = TrainingKey.of(Safetensors.hash(weights), data, spec);
    this.checkpoints = new CheckpointStore(checkpoints, key);
    this.progress = progress;
    long room = Math.min(MOST_PICTURE_BYTES, Runtime.getRuntime().maxMemory() / 4);
    this.batches = new Batches(new PictureCache(data, room), spec);
  }

  /** Trains to the end, or until progress throws; the model then lies in {@code folder}. */
  public ModelFiles train(Path folder) {
    ONE_AT_A_TIME.lock();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      JniUtils.setGradMode(false); // on by default in every new thread; the collector turns it on
      int threads = JniUtils.getNumThreads();
      try {
        return train(manager, folder);
      } finally {
        JniUtils.setNumThreads(threads);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private ModelFiles train(NDManager manager, Path folder) {
    Optional<CheckpointStore.Found> found = checkpoints.newest();
    found.ifPresent(checkpoint -> JniUtils.setNumThreads(checkpoint.threads()));
    YoloxNetwork network = load(manager, found.isEmpty());
    AdamW optimiser = optimiser(network);
    found.ifPresent(checkpoint -> restore(optimiser, checkpoint));
    run(manager, network, optimiser);
    optimiser.useAverages();
    network.estimateStatistics(manager, plainPictures());
    return save(network, folder);
  }

  /** The network with batch norm; without statistics where a checkpoint's values follow. */
  private YoloxNetwork load(NDManager manager, boolean fresh) {
    YoloxNetwork network = YoloxFamily.network(description, start.description());
    network.load(manager, scaleStem(weights, STEM_SCALE), start.weights().toString());
    network.insertBatchNorm(manager, plainPictures(), fresh && !description.random());
    return network;
  }

  private static AdamW optimiser(YoloxNetwork network) {
    AdamW optimiser = new AdamW();
    for (Conv conv : network.convolutions()) {
      double rate = conv.name().startsWith("head.cls_preds") ? HEAD_RATE : 1;
      conv.parameters().forEach((name, array) -> optimiser.add(name, array, rate));
    }
    return optimiser;
  }

  private void restore(AdamW optimiser, CheckpointStore.Found checkpoint) {
    optimiser.restore(Safetensors.read(checkpoint.file()), checkpoint.file().toString());
    LOG.info(
        "training goes on from step {} of {} at {} threads",
        optimiser.steps(),
        batches.steps(),
        checkpoint.threads());
  }

  private void run(NDManager manager, YoloxNetwork network, AdamW optimiser) {
    YoloxLoss loss = new YoloxLoss(new Grid(spec.input()), data.classes().size());
    Schedule schedule = new Schedule(spec.rate(), batches.steps());
    ExecutorService reader = Executors.newSingleThreadExecutor(r -> new Thread(r, "batch-reader"));
    try {
      Future<Batch> next = reader.submit(() -> batches.augmented(optimiser.steps()));
      long saved = System.nanoTime();
      while (optimiser.steps() < batches.steps()) {
        Batch batch = await(next);
        int following = optimiser.steps() + 1;
        next = reader.submit(() -> batches.augmented(following));
        double value = forwardAndBackward(manager, network, loss, batch);
        optimiser.step(schedule.rate(optimiser.steps()));
        report(optimiser, value);
        if (System.nanoTime() - saved > CHECKPOINT_EVERY.toNanos()) {
          checkpoint(optimiser);
          saved = System.nanoTime();
        }
      }
    } finally {
      reader.shutdownNow();
    }
  }

  private void report(AdamW optimiser, double loss) {
    try {
      progress.step(optimiser.steps(), batches.steps(), loss);
    } catch (RuntimeException stop) {
      checkpoint(optimiser);
      throw stop;
    }
  }

  private double forwardAndBackward(
      NDManager manager, YoloxNetwork network, YoloxLoss loss, Batch batch) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray logits = network.train(step.create(batch.pixels(), shape()), KEEP);
      NDArray value = loss.of(logits, batch.targets());
      collector.backward(value);
      return value.getFloat();
    }
  }

  private void checkpoint(AdamW optimiser) {
    checkpoints.save(optimiser, JniUtils.getNumThreads());
  }

  private ModelFiles save(YoloxNetwork network, Path folder) {
    ModelFiles files =
        new ModelFiles(folder.resolve(ModelDescription.WEIGHTS), folder.resolve("model.json"));
    Safetensors.write(files.weights(), scaleStem(network.folded(), 1 / STEM_SCALE));
    Map<String, String> provenance = new TreeMap<>(description.provenance());
    provenance.put("start", key.start().value());
    provenance.put("data", key.data());
    provenance.put("training", spec.toString());
    provenance.put("images", Integer.toString(data.examples().size()));
    provenance.put("steps", Integer.toString(batches.steps()));
    provenance.put("threads", Integer.toString(JniUtils.getNumThreads()));
    provenance.put("engine", "PyTorch " + Engine.getEngine("PyTorch").getVersion());
    new ModelDescription(
            description.architecture(),
            spec.input(),
            data.classes(),
            false,
            ModelDescription.WEIGHTS,
            provenance)
        .write(files.description());
    return files;
  }

  private static SortedMap<String, Tensor> scaleStem(
      SortedMap<String, Tensor> tensors, float factor) {
    SortedMap<String, Tensor> all = new TreeMap<>(tensors);
    all.computeIfPresent(
        STEM + ".conv.weight",
        (name, tensor) -> {
          float[] scaled = tensor.data().clone();
          for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
          }
          return new Tensor(tensor.shape(), scaled);
        });
    return all;
  }

  private YoloxNetwork.Pictures plainPictures() {
    return new YoloxNetwork.Pictures() {
      @Override
      public int batches() {
        return batches.plainBatches(STATISTICS_BATCHES);
      }

      @Override
      public NDArray batch(NDManager manager, int i) {
        progress.working();
        return manager.create(batches.plain(i), shape());
      }
    };
  }

  private Shape shape() {
    return new Shape(spec.batch(), 3, spec.input(), spec.input());
  }

  private static Batch await(Future<Batch> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the training was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
