package dev.labelloop.activities.image;

import java.io.ByteArrayOutputStream;

/**
 * A JPEG file whose header has been read.
 *
 * <p>Before the JDK decodes it, everything but tables, frame and scans is left out of the file, and
 * one Adobe segment says which colours it holds. So the JDK neither guesses colours otherwise than
 * libjpeg does, nor fails on a broken colour profile, nor looks at thumbnails.
 */
record JpegImage(byte[] file, String name, JpegHeader jpeg) implements EncodedImage {

  static JpegImage open(byte[] file, String name) {
    return new JpegImage(file, name, new JpegScanner(file, name).header());
  }

  @Override
  public int width() {
    return jpeg.width();
  }

  @Override
  public int height() {
    return jpeg.height();
  }

  @Override
  public Orientation orientation() {
    return jpeg.orientation();
  }

  @Override
  public byte[] decode() {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(0xff);
    kept.write(JpegScanner.SOI);
    if (jpeg.components() > 1) {
      kept.writeBytes(adobe(jpeg.colours().adobeTransform()));
    }
    new JpegScanner(file, name).copyPicture(kept);
    byte[] picture = kept.toByteArray();
    ImageIoReader reader = new ImageIoReader("jpeg", name);
    return switch (jpeg.colours()) {
      case GREY, YCC, RGB -> Pixels.rgb(reader.image(picture, width(), height()));
      case CMYK, YCCK ->
          Inks.rgb(
              reader.raster(picture, width(), height()),
              jpeg.colours() == JpegHeader.Colours.YCCK,
              jpeg.adobe());
    };
  }

  private static byte[] adobe(int transform) {
    return new byte[] {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
  }
}
