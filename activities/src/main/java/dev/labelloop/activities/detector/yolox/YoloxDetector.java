package dev.labelloop.activities.detector.yolox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.Float16;
import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.activities.image.Letterbox;
import dev.labelloop.activities.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** YOLOX for inference: batch norm folded, one picture at a time, the fastest way on a CPU. */
final class YoloxDetector implements Detector {
  private final ModelDescription description;
  private final NDManager manager;
  private final YoloxNetwork network;
  private final YoloxDecoder decoder;
  private final float[] pixels;

  YoloxDetector(ModelFiles files) {
    description = ModelDescription.read(files.description());
    network = YoloxFamily.network(description, files.description());
    SortedMap<String, Tensor> tensors = Safetensors.read(files.weights());
    network.requireFits(tensors, files.weights().toString()); // before the engine holds anything
    manager = NDManager.newBaseManager("PyTorch");
    network.load(manager, tensors, files.weights().toString());
    decoder = new YoloxDecoder(network.classes(), description.input());
    pixels = new float[3 * description.input() * description.input()];
  }

  @Override
  public List<String> classes() {
    return description.classes();
  }

  @Override
  public List<Inference> detect(List<RgbImage> images) {
    JniUtils.setGradMode(false); // on by default in every new thread
    List<Inference> all = new ArrayList<>();
    for (RgbImage image : images) {
      all.add(detect(image));
    }
    return all;
  }

  private Inference detect(RgbImage image) {
    int side = description.input();
    Letterbox fit = Letterbox.of(side, image.width(), image.height());
    fit.write(image, pixels, 0);
    try (NDManager call = manager.newSubManager()) {
      YoloxNetwork.Output output = network.infer(call.create(pixels, new Shape(1, 3, side, side)));
      float[] logits = output.logits().toFloatArray();
      return new Inference(
          decoder.decode(logits, 0, fit.scale(), image.width(), image.height()),
          embedding(output.neck()));
    }
  }

  /** Means of the neck's channels over the picture, as float16. */
  private static short[] embedding(List<NDArray> neck) {
    short[] all = new short[neck.stream().mapToInt(x -> (int) x.getShape().get(1)).sum()];
    int at = 0;
    for (NDArray features : neck) {
      Shape shape = features.getShape();
      float cells = shape.get(2) * shape.get(3);
      for (float sum : features.sum(new int[] {2, 3}).toFloatArray()) {
        all[at++] = Float16.of(sum / cells);
      }
    }
    return all;
  }

  /** Arrays that it holds at present; steady between calls. */
  int arrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }
}
