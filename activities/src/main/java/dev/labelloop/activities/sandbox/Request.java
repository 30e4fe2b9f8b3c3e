package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.core.ImageId;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.file.Path;

/** What a worker asks of its picture process; see {@link PictureWork}. */
sealed interface Request {
  /** About one file: answered by {@link Answer.Read} when it is read, and then about it. */
  sealed interface OfFile extends Request {
    /** That the path starts from. */
    Path folder();

    /** Names the file in messages. */
    String path();
  }

  /** To check a file. */
  record Check(Path folder, String path) implements OfFile {}

  /** To make a model ready. */
  record Load(ModelFiles model) implements Request {}

  /** To decode an image and ask the model about it. */
  record Predict(ModelFiles model, Path folder, ImageId image, String path) implements OfFile {}

  /** Writes a request. */
  static void write(Request request, DataOutput out) throws IOException {
    if (request instanceof Check check) {
      out.writeByte('c');
      Wire.writeText(out, check.folder.toString());
      Wire.writeText(out, check.path);
    } else if (request instanceof Load load) {
      out.writeByte('l');
      write(load.model, out);
    } else if (request instanceof Predict predict) {
      out.writeByte('p');
      write(predict.model, out);
      Wire.writeText(out, predict.folder.toString());
      Wire.writeText(out, predict.image.value());
      Wire.writeText(out, predict.path);
    }
  }

  /** Reads a request. */
  static Request read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'c' -> new Check(Path.of(Wire.readText(in)), Wire.readText(in));
      case 'l' -> new Load(model(in));
      case 'p' ->
          new Predict(
              model(in),
              Path.of(Wire.readText(in)),
              new ImageId(Wire.readText(in)),
              Wire.readText(in));
      default -> throw new StreamCorruptedException("no request begins with " + kind);
    };
  }

  private static void write(ModelFiles model, DataOutput out) throws IOException {
    Wire.writeText(out, model.weights().toString());
    Wire.writeText(out, model.description().toString());
  }

  private static ModelFiles model(DataInputStream in) throws IOException {
    return new ModelFiles(Path.of(Wire.readText(in)), Path.of(Wire.readText(in)));
  }
}
