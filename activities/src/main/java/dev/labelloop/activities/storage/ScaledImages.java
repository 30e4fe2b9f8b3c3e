package dev.labelloop.activities.storage;

import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageHeader;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.JpegEncoder;
import dev.labelloop.activities.image.SmallerImage;
import dev.labelloop.core.ImageId;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Smaller copies of images, upright and as JPEG, made when they are first asked for and kept in a
 * {@link FileCache}. An image is named by its content, so a copy never ages. Safe for use by many
 * threads: one of them decodes an image, the others wait for its copy.
 */
public final class ScaledImages {
  /** More locks than threads that ask; images that share one wait for each other. */
  private static final int LOCKS = 64;

  /** Pixels in memory at a time: as many as the largest picture has, three bytes each. */
  private static final int MOST_MEGAPIXELS = 100;

  private final FileCache cache;
  private final ImageDecoder decoder;
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
  private final Semaphore megapixels = new Semaphore(MOST_MEGAPIXELS, true);

  public ScaledImages(FileCache cache, ImageDecoder decoder) {
    this.cache = cache;
    this.decoder = decoder;
  }

  /**
   * A copy of an image; as large as the image if that is no larger.
   *
   * @param side pixels of the longer side at most
   * @param file reads the image's file; not called where there is a copy
   * @return a JPEG file
   * @throws ImageRejectedException if the file is damaged, and whatever {@code file} throws
   */
  public byte[] of(ImageId image, int side, Supplier<byte[]> file) {
    String name = image.value().substring(0, 2) + "/" + image + "-" + side + ".jpg";
    byte[] kept = kept(name);
    if (kept != null) {
      return kept;
    }
    synchronized (locks[Math.floorMod(image.hashCode(), LOCKS)]) {
      byte[] meanwhile = kept(name);
      if (meanwhile != null) {
        return meanwhile;
      }
      byte[] copy = copy(file.get(), side, image.value());
      cache.put(name, copy);
      return copy;
    }
  }

  /** Null for a copy that a power failure has cut off, too. */
  private byte @Nullable [] kept(String name) {
    byte[] file = cache.find(name);
    return file != null && isWhole(file) ? file : null;
  }

  private static boolean isWhole(byte[] jpeg) {
    int end = jpeg.length;
    return end >= 4
        && Arrays.equals(jpeg, 0, 2, new byte[] {(byte) 0xff, (byte) 0xd8}, 0, 2)
        && Arrays.equals(jpeg, end - 2, end, new byte[] {(byte) 0xff, (byte) 0xd9}, 0, 2);
  }

  private byte[] copy(byte[] file, int side, String name) {
    ImageHeader header = decoder.probe(file, name);
    int million = (int) ((long) header.width() * header.height() / 1_000_000);
    int share = Math.max(1, Math.min(MOST_MEGAPIXELS, million));
    megapixels.acquireUninterruptibly(share);
    try {
      return JpegEncoder.encode(SmallerImage.of(decoder.decode(file, name), side));
    } finally {
      megapixels.release(share);
    }
  }
}
