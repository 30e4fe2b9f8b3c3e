package dev.labelloop.activities.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Brings the JDK's pictures into one shape: red, green, blue, one byte each, row by row.
 *
 * <p>Samples are read from the raster, never through {@code getRGB}, which is slow and brightens
 * grey pictures (the JDK takes their samples as linear light).
 */
final class Pixels {
  private static final int WHITE = 255;

  private Pixels() {}

  /** The pixels of a picture; may reuse, and change, its memory. */
  static byte[] rgb(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return fromPalette(image.getRaster(), palette);
    }
    byte[] inPlace = inPlace(image.getRaster());
    if (inPlace != null) {
      return inPlace;
    }
    int bands = image.getRaster().getNumBands();
    int bits = image.getSampleModel().getSampleSize(0);
    boolean components = bits == 8 || bits == 16;
    for (int band = 1; band < bands; band++) {
      components &= image.getSampleModel().getSampleSize(band) == bits;
    }
    return components ? fromComponents(image.getRaster(), bands, bits - 8) : fromPacked(image);
  }

  /** Three bytes a pixel without gaps need no copy; blue first is turned round where it lies. */
  private static byte @Nullable [] inPlace(Raster raster) {
    if (!(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || model.getNumBands() != 3
        || model.getPixelStride() != 3
        || model.getScanlineStride() != 3 * raster.getWidth()
        || buffer.getSize() != 3 * raster.getWidth() * raster.getHeight()) {
      return null;
    }
    byte[] data = buffer.getData();
    int[] offsets = model.getBandOffsets();
    if (offsets[0] == 2 && offsets[1] == 1) {
      for (int i = 0; i < data.length; i += 3) {
        byte blue = data[i];
        data[i] = data[i + 2];
        data[i + 2] = blue;
      }
      return data;
    }
    return offsets[0] == 0 && offsets[1] == 1 ? data : null;
  }

  /** Grey, grey and alpha, colour, or colour and alpha. */
  private static byte[] fromComponents(Raster raster, int bands, int shift) {
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[bands * width];
    boolean alpha = bands == 2 || bands == 4;
    int green = bands >= 3 ? 1 : 0;
    int blue = bands >= 3 ? 2 : 0;
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        int opacity = alpha ? row[i + bands - 1] >> shift : WHITE;
        rgb[at++] = overWhite(row[i] >> shift, opacity);
        rgb[at++] = overWhite(row[i + green] >> shift, opacity);
        rgb[at++] = overWhite(row[i + blue] >> shift, opacity);
      }
    }
    return rgb;
  }

  private static byte[] fromPalette(Raster raster, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        at = put(rgb, at, colours[Math.min(index, colours.length - 1)]);
      }
    }
    return rgb;
  }

  /** Several samples in one number, as old bitmaps have them. */
  private static byte[] fromPacked(BufferedImage image) {
    int width = image.getWidth();
    byte[] rgb = new byte[3 * width * image.getHeight()];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int argb : image.getRGB(0, y, width, 1, row, 0, width)) {
        at = put(rgb, at, argb);
      }
    }
    return rgb;
  }

  private static int put(byte[] rgb, int at, int argb) {
    int opacity = argb >>> 24;
    rgb[at] = overWhite((argb >> 16) & 0xff, opacity);
    rgb[at + 1] = overWhite((argb >> 8) & 0xff, opacity);
    rgb[at + 2] = overWhite(argb & 0xff, opacity);
    return at + 3;
  }

  private static byte overWhite(int level, int opacity) {
    return (byte) ((level * opacity + WHITE * (WHITE - opacity) + WHITE / 2) / WHITE);
  }
}
