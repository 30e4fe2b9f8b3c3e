package dev.labelloop.activities.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws image files for tests. */
public final class Pictures {
  /** Corner colours of {@link #corners}: top-left, top-right, bottom-left, bottom-right. */
  static final int[] CORNERS = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00};

  private Pictures() {}

  /** A picture of four flat quarters, each of its own colour. */
  public static BufferedImage corners(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, CORNERS[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]);
      }
    }
    return image;
  }

  /** The picture as it must be stored so that this Exif code turns it upright again. */
  public static BufferedImage storedFor(int code, BufferedImage upright) {
    int w = upright.getWidth();
    int h = upright.getHeight();
    boolean swaps = code >= 5;
    BufferedImage stored =
        new BufferedImage(swaps ? h : w, swaps ? w : h, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        // Where row 0 and column 0 of the stored picture lie in the upright one (Exif 2.32).
        int right = w - 1 - x;
        int bottom = h - 1 - y;
        int rgb = upright.getRGB(x, y);
        switch (code) {
          case 1 -> stored.setRGB(x, y, rgb); // row 0 = top, column 0 = left
          case 2 -> stored.setRGB(right, y, rgb); // top, right
          case 3 -> stored.setRGB(right, bottom, rgb); // bottom, right
          case 4 -> stored.setRGB(x, bottom, rgb); // bottom, left
          case 5 -> stored.setRGB(y, x, rgb); // left, top
          case 6 -> stored.setRGB(y, right, rgb); // right, top
          case 7 -> stored.setRGB(bottom, right, rgb); // right, bottom
          case 8 -> stored.setRGB(bottom, x, rgb); // left, bottom
          default -> throw new IllegalArgumentException("no Exif code: " + code);
        }
      }
    }
    return stored;
  }

  /** A JPEG file of best quality. */
  public static byte[] jpeg(BufferedImage image) {
    return jpeg(new IIOImage(image, null, null), false);
  }

  /** A progressive JPEG file. */
  public static byte[] progressive(BufferedImage image) {
    return jpeg(new IIOImage(image, null, null), true);
  }

  /** A JPEG file of four samples a pixel, as they are, without an Adobe segment. */
  public static byte[] fourChannelJpeg(int width, int height, int... samples) {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, samples);
      }
    }
    return jpeg(new IIOImage(raster, null, null), false);
  }

  private static byte[] jpeg(IIOImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(1);
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A file of another format. */
  public static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer of " + format + " for " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A flat picture with 16 bits a sample. */
  public static BufferedImage sixteenBit(int width, int height, int... samples) {
    ImageTypeSpecifier type =
        samples.length == 1
            ? ImageTypeSpecifier.createGrayscale(16, DataBuffer.TYPE_USHORT, false)
            : ImageTypeSpecifier.createInterleaved(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                new int[] {0, 1, 2},
                DataBuffer.TYPE_USHORT,
                false,
                false);
    BufferedImage image = type.createBufferedImage(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setPixel(x, y, samples);
      }
    }
    return image;
  }

  /** The TIFF block of an orientation: one directory with one entry. */
  public static byte[] tiff(int code, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(US_ASCII));
    tiff.putShort((short) 42).putInt(8); // the directory follows at byte 8
    tiff.putShort((short) 1); // entries
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) code).putShort((short) 0);
    tiff.putInt(0); // no further directory
    return tiff.array();
  }

  /** A JPEG file with an Exif segment right behind its start marker. */
  public static byte[] withExif(byte[] jpeg, byte[] tiff) {
    return withSegment(jpeg, 0xe1, concat("Exif\0\0".getBytes(US_ASCII), tiff));
  }

  /** A JPEG file with an Adobe segment right behind its start marker. */
  public static byte[] withAdobe(byte[] jpeg, int transform) {
    return withSegment(
        jpeg,
        0xee,
        concat("Adobe".getBytes(US_ASCII), new byte[] {0, 100, 0, 0, 0, 0, (byte) transform}));
  }

  /** A JPEG file with one more segment right behind its start marker. */
  public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    byte[] head = {
      (byte) 0xff, (byte) marker, (byte) ((content.length + 2) >> 8), (byte) (content.length + 2)
    };
    return concat(Arrays.copyOf(jpeg, 2), head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** Arrays one behind the other. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
