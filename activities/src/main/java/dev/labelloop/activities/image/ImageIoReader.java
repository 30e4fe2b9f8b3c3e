package dev.labelloop.activities.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one file in memory by the JDK's reader and refuses what that reader would let pass.
 *
 * <p>The JDK fills missing or damaged parts of a JPEG with grey and only warns; here a warning
 * rejects the file, but for stray bytes between markers, which cameras write and which cost no
 * pixel. Bytes come straight from the array, so nothing is cached on disk.
 */
final class ImageIoReader {
  private static final String HARMLESS = "extraneous bytes";

  private final String format;
  private final String name;

  ImageIoReader(String format, String name) {
    this.format = format;
    this.name = name;
  }

  /** The picture with its colour model. */
  BufferedImage image(byte[] file, int width, int height) {
    BufferedImage image = read(file, reader -> reader.read(0));
    requireSize(image.getWidth(), image.getHeight(), width, height);
    return image;
  }

  /** The samples as they are stored, without any change of colour. */
  Raster raster(byte[] file, int width, int height) {
    Raster raster = read(file, reader -> reader.readRaster(0, null));
    requireSize(raster.getWidth(), raster.getHeight(), width, height);
    return raster;
  }

  private interface Read<T> {
    T from(ImageReader reader) throws IOException;
  }

  private <T> T read(byte[] file, Read<T> read) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new IllegalStateException(
          "this Java runtime reads no " + format + ": it needs the module java.desktop");
    }
    ImageReader reader = readers.next();
    try (ImageInputStream stream = new ArrayStream(file)) {
      Warnings warnings = new Warnings();
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(stream, true, true);
      T result = read.from(reader);
      if (warnings.first != null) {
        throw new ImageRejectedException(damaged(warnings.first));
      }
      return result;
    } catch (ImageRejectedException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // readers throw both on damaged files
      throw new ImageRejectedException(damaged(String.valueOf(e.getMessage())), e);
    } finally {
      reader.dispose();
    }
  }

  private void requireSize(int width, int height, int claimedWidth, int claimedHeight) {
    if (width != claimedWidth || height != claimedHeight) {
      throw new ImageRejectedException(
          damaged(
              "its header claims "
                  + claimedWidth
                  + " x "
                  + claimedHeight
                  + " pixels, it holds "
                  + width
                  + " x "
                  + height));
    }
  }

  private String damaged(String what) {
    return name + " is damaged or cut off (" + what + "): copy it again";
  }

  private static final class Warnings implements IIOReadWarningListener {
    private @Nullable String first;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      if (first == null && !warning.contains(HARMLESS)) {
        first = warning;
      }
    }
  }

  /** A file in memory, read in place. */
  private static final class ArrayStream extends ImageInputStreamImpl {
    private final byte[] data;

    ArrayStream(byte[] data) {
      this.data = data;
    }

    @Override
    public int read() throws IOException {
      checkClosed();
      bitOffset = 0;
      return streamPos < data.length ? data[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      checkClosed();
      bitOffset = 0;
      if (streamPos >= data.length) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, data.length - (int) streamPos);
      System.arraycopy(data, (int) streamPos, into, offset, count);
      streamPos += count;
      return count;
    }

    @Override
    public long length() {
      return data.length;
    }
  }
}
