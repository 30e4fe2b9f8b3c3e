package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.prediction.Detection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A picture process whose native code has faults, by the name of the file. Of models it reads the
 * files, but needs no engine.
 */
public final class PoisonMain {
  private PoisonMain() {}

  public static void main(String[] args) {
    PictureServer.serve(new Poisoned(new InProcess(new ImageDecoder())));
  }

  /** What {@link Poisoned} finds in every image; thirds have no short binary form. */
  public static Inference found(String path) {
    double third = path.length() / 3.0;
    return new Inference(
        List.of(new Detection(new Box(third, third, 10 / 3.0, 7), 1, 2 / 3.0)),
        new short[] {(short) path.length(), -1});
  }

  private record Poisoned(PictureWork work) implements PictureWork {
    @Override
    public Picture check(Path folder, String path, Runnable step) {
      stall(path);
      step.run();
      touch(path);
      return work.check(folder, path, () -> {});
    }

    @Override
    public void load(ModelFiles model) {
      touch(model.weights().getFileName().toString());
      if (Files.exists(model.description())) {
        ModelDescription.read(model.description());
        Safetensors.read(model.weights());
      }
    }

    @Override
    public Inference predict(
        ModelFiles model, Path folder, ImageId image, String path, Runnable step) {
      stall(path);
      step.run();
      touch(path);
      return found(path);
    }

    @Override
    public void close() {
      work.close();
    }

    /** As a network file system whose server is gone. */
    private static void stall(String path) {
      if (path.contains("stall")) {
        waitFor(Long.MAX_VALUE);
      }
    }

    private static void touch(String path) {
      if (path.contains("segv")) {
        writeToZero();
      } else if (path.contains("halt")) {
        Runtime.getRuntime().halt(134);
      } else if (path.contains("hang")) {
        waitFor(Long.MAX_VALUE);
      } else if (path.contains("slow")) {
        waitFor(1);
      } else if (path.contains("noisy")) {
        print();
      } else if (path.contains("wild")) {
        answerWildly();
      }
    }
  }

  /** By reflection, for javac warns of it without mercy. */
  private static void writeToZero() {
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field unsafe = type.getDeclaredField("theUnsafe");
      unsafe.setAccessible(true);
      type.getMethod("putAddress", long.class, long.class).invoke(unsafe.get(null), 0L, 0L);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no way to crash", e);
    }
  }

  private static void waitFor(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No detection, and an embedding that no array can hold. */
  private static void answerWildly() {
    try (FileOutputStream answers = new FileOutputStream("/proc/self/fd/3")) {
      Wire.send(
          answers,
          1,
          out -> {
            out.writeByte('p');
            out.writeInt(0);
            out.writeInt(Integer.MAX_VALUE);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    waitFor(Long.MAX_VALUE);
  }

  /** By Java's stream, and as native code prints. */
  private static void print() {
    System.out.println("a line of a Java library");
    try (FileOutputStream one = new FileOutputStream(FileDescriptor.out)) {
      one.write("a line of a native library\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
