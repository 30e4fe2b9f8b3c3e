package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.prediction.Detection;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a picture process says; numbers come over bit for bit. */
sealed interface Answer {
  /** Five numbers of 8 bytes and a class. */
  int DETECTION_BYTES = 5 * Double.BYTES + Integer.BYTES;

  /** It is up, or has its model. */
  record Ready() implements Answer {}

  /** The file's bytes are there, and the answer about them will follow. */
  record Read() implements Answer {}

  /** Of a file that is an image. */
  record Checked(Picture picture) implements Answer {}

  /** Of an image that was predicted. */
  record Predicted(Inference inference) implements Answer {}

  /** Of what cannot be done. */
  record Refused(Refusal refusal, String reason) implements Answer {
    /** The exception that the work was refused with there. */
    RuntimeException exception() {
      return switch (refusal) {
        case IMAGE -> new ImageRejectedException(reason);
        case MODEL -> new InvalidModelException(reason);
        case READING -> new UncheckedIOException(reason, new IOException(reason));
        case FAULT ->
            new IllegalStateException("the process that reads pictures failed: " + reason);
      };
    }

    static Refused of(Throwable refused) {
      String reason = String.valueOf(refused.getMessage());
      if (refused instanceof ImageRejectedException) {
        return new Refused(Refusal.IMAGE, reason);
      }
      if (refused instanceof InvalidModelException) {
        return new Refused(Refusal.MODEL, reason);
      }
      return refused instanceof UncheckedIOException
          ? new Refused(Refusal.READING, reason)
          : new Refused(Refusal.FAULT, refused.toString());
    }
  }

  /** Whose fault it is that something cannot be done: the last two may pass. */
  enum Refusal {
    IMAGE,
    MODEL,
    READING,
    FAULT
  }

  /** Writes an answer. */
  static void write(Answer answer, DataOutput out) throws IOException {
    if (answer instanceof Ready) {
      out.writeByte('r');
    } else if (answer instanceof Read) {
      out.writeByte('b');
    } else if (answer instanceof Checked checked) {
      out.writeByte('c');
      Wire.writeText(out, checked.picture.id().value());
      out.writeInt(checked.picture.width());
      out.writeInt(checked.picture.height());
      write(checked.picture.hash(), out);
    } else if (answer instanceof Predicted predicted) {
      out.writeByte('p');
      write(predicted.inference, out);
    } else if (answer instanceof Refused refused) {
      out.writeByte('x');
      Wire.writeText(out, refused.refusal.name());
      Wire.writeText(out, refused.reason);
    }
  }

  private static void write(PerceptualHash hash, DataOutput out) throws IOException {
    out.writeLong(hash.a());
    out.writeLong(hash.b());
    out.writeLong(hash.c());
    out.writeLong(hash.d());
  }

  private static void write(Inference inference, DataOutput out) throws IOException {
    out.writeInt(inference.detections().size());
    for (Detection detection : inference.detections()) {
      out.writeDouble(detection.box().x());
      out.writeDouble(detection.box().y());
      out.writeDouble(detection.box().width());
      out.writeDouble(detection.box().height());
      out.writeInt(detection.classIndex());
      out.writeDouble(detection.confidence());
    }
    out.writeInt(inference.embedding().length);
    for (short half : inference.embedding()) {
      out.writeShort(half);
    }
  }

  /** Reads an answer. */
  static Answer read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'r' -> new Ready();
      case 'b' -> new Read();
      case 'c' ->
          new Checked(
              new Picture(new ImageId(Wire.readText(in)), in.readInt(), in.readInt(), hash(in)));
      case 'p' -> new Predicted(inference(in));
      case 'x' -> new Refused(Refusal.valueOf(Wire.readText(in)), Wire.readText(in));
      default -> throw new StreamCorruptedException("no answer begins with " + kind);
    };
  }

  private static PerceptualHash hash(DataInputStream in) throws IOException {
    return new PerceptualHash(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static Inference inference(DataInputStream in) throws IOException {
    int found = Wire.readCount(in, DETECTION_BYTES);
    List<Detection> detections = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      Box box = new Box(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
      detections.add(new Detection(box, in.readInt(), in.readDouble()));
    }
    short[] embedding = new short[Wire.readCount(in, Short.BYTES)];
    for (int i = 0; i < embedding.length; i++) {
      embedding[i] = in.readShort();
    }
    return new Inference(List.copyOf(detections), embedding);
  }
}
