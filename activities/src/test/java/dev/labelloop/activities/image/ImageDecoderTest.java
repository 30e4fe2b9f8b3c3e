package dev.labelloop.activities.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Shared;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  /** JPEG at best quality moves a flat colour by a level or two. */
  private static final int LEVELS = 3;

  private final ImageDecoder decoder = new ImageDecoder();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnsEveryExifOrientationUpright(int code) {
    BufferedImage upright = Pictures.corners(64, 32);
    byte[] jpeg = Pictures.jpeg(Pictures.storedFor(code, upright));
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] file = Pictures.withExif(jpeg, Pictures.tiff(code, order));

      assertThat(decoder.probe(file, "a.jpg"))
          .isEqualTo(new ImageHeader(64, 32, Orientation.ofCode(code)));
      assertCorners(decoder.decode(file, "a.jpg"), 64, 32);
    }
  }

  @Test
  void readsTheOrientationOfAPng() {
    byte[] png = Pictures.file(Pictures.storedFor(6, Pictures.corners(64, 32)), "png");
    byte[] tiff = Pictures.tiff(6, ByteOrder.BIG_ENDIAN);
    ByteBuffer chunk = ByteBuffer.allocate(12 + tiff.length);
    chunk
        .putInt(tiff.length)
        .put("eXIf".getBytes(US_ASCII))
        .put(tiff); // its checksum is not looked at
    byte[] file =
        Pictures.concat(
            Arrays.copyOf(png, 33), chunk.array(), Arrays.copyOfRange(png, 33, png.length));

    assertCorners(decoder.decode(file, "a.png"), 64, 32);
  }

  @Test
  void takesADamagedExifSegmentAsUpright() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(64, 32));
    byte[] tiff = Pictures.tiff(6, ByteOrder.BIG_ENDIAN);
    byte[] farAway = tiff.clone();
    farAway[4] = 0x7f; // directory two billion bytes on
    byte[] unknown = Pictures.tiff(9, ByteOrder.BIG_ENDIAN);
    byte[] manyEntries = Arrays.copyOf(tiff, 12);
    manyEntries[8] = (byte) 0xff;
    for (byte[] bad :
        List.of(new byte[0], Arrays.copyOf(tiff, 3), Arrays.copyOf(tiff, 9), farAway, unknown)) {
      assertCorners(decoder.decode(Pictures.withExif(jpeg, bad), "a.jpg"), 64, 32);
    }
    assertCorners(decoder.decode(Pictures.withExif(jpeg, manyEntries), "a.jpg"), 64, 32);
  }

  @Test
  void decodesProgressiveJpegPngAndBmpAlike() {
    BufferedImage image = Pictures.corners(64, 32);
    assertCorners(decoder.decode(Pictures.progressive(image), "a.jpg"), 64, 32);
    assertCorners(decoder.decode(Pictures.file(image, "png"), "a.png"), 64, 32);
    assertCorners(decoder.decode(Pictures.file(image, "bmp"), "a.bmp"), 64, 32);
  }

  @Test
  void spreadsGreyOverThreeChannels() {
    BufferedImage grey = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 20; x++) {
        grey.getRaster().setSample(x, y, 0, 77);
      }
    }
    assertFlat(decoder.decode(Pictures.jpeg(grey), "a.jpg"), 77, 77, 77, 1);
    assertFlat(decoder.decode(Pictures.file(grey, "png"), "a.png"), 77, 77, 77, 0);
  }

  @Test
  void keepsTheUpperByteOfSixteenBits() {
    byte[] colour = Pictures.file(Pictures.sixteenBit(8, 8, 0x12ff, 0x8000, 0xfe01), "png");
    assertFlat(decoder.decode(colour, "a.png"), 0x12, 0x80, 0xfe, 0);
    byte[] grey = Pictures.file(Pictures.sixteenBit(8, 8, 0x4d99), "png");
    assertFlat(decoder.decode(grey, "a.png"), 0x4d, 0x4d, 0x4d, 0);
  }

  @Test
  void looksColoursUpInAPalette() {
    byte[] level = {10, (byte) 200};
    IndexColorModel palette = new IndexColorModel(1, 2, level, level, new byte[] {5, 6});
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    assertFlat(decoder.decode(Pictures.file(image, "png"), "a.png"), 200, 200, 6, 0);
  }

  @Test
  void laysTransparentPixelsOverWhite() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_4BYTE_ABGR);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        image.setRGB(x, y, 0x33_ff0000); // red, opacity 51 of 255: one fifth
      }
    }
    // red: 255; green and blue: 0 x 1/5 + 255 x 4/5 = 204
    assertFlat(decoder.decode(Pictures.file(image, "png"), "a.png"), 255, 204, 204, 0);
  }

  @Test
  void mixesTheInksOfACmykJpeg() {
    // cyan 0, magenta 102 (0.4), yellow 204 (0.8), black 51 (0.2)
    // red = 1 x 0.8 = 204, green = 0.6 x 0.8 = 122.4, blue = 0.2 x 0.8 = 40.8
    byte[] plain = Pictures.fourChannelJpeg(16, 16, 0, 102, 204, 51);
    assertFlat(decoder.decode(plain, "a.jpg"), 204, 122, 41, LEVELS);
    byte[] inverted = Pictures.withAdobe(Pictures.fourChannelJpeg(16, 16, 255, 153, 51, 204), 0);
    assertFlat(decoder.decode(inverted, "a.jpg"), 204, 122, 41, LEVELS);
  }

  @Test
  void mixesTheInksOfAnAdobeYcckJpeg() {
    // Inverted inks 255, 153, 51 mean C M Y = 0, 0.4, 0.8. YCCK stores luma and chroma of 255 less
    // the stored inks: R G B = 0, 102, 204: Y = 0.587 x 102 + 0.114 x 204 = 83.1,
    // Cb = 128 + 0.564 x (204 - 83.1) = 196.2, Cr = 128 + 0.713 x (0 - 83.1) = 68.7
    byte[] ycck = Pictures.withAdobe(Pictures.fourChannelJpeg(16, 16, 83, 196, 69, 204), 2);
    assertFlat(decoder.decode(ycck, "a.jpg"), 204, 122, 41, LEVELS);
  }

  @Test
  void takesThreeChannelsWithoutAnyMarkerAsLumaAndChroma() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(64, 32));
    assertThat(jpeg[3]).isEqualTo((byte) 0xe0);
    byte[] bare = // without its JFIF segment of 18 bytes
        Pictures.concat(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, 20, jpeg.length));
    assertCorners(decoder.decode(bare, "a.jpg"), 64, 32);
  }

  @Test
  void doesNotStumbleOverABrokenColourProfile() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(64, 32));
    byte[] profile = "ICC_PROFILE\0\1\1 this is no profile".getBytes(US_ASCII);
    assertCorners(decoder.decode(Pictures.withSegment(jpeg, 0xe2, profile), "a.jpg"), 64, 32);
  }

  @Test
  void ignoresWhatFollowsTheEndOfAJpeg() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(64, 32));
    assertCorners(decoder.decode(Pictures.concat(jpeg, new byte[100]), "a.jpg"), 64, 32);
  }

  @Test
  void overlooksStrayBytesBetweenMarkers() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(64, 32));
    byte[] stray = {1, 2, 3};
    byte[] head = Arrays.copyOf(jpeg, 20); // start marker and JFIF segment
    byte[] body = Arrays.copyOfRange(jpeg, 20, jpeg.length - 2);
    byte[] end = Arrays.copyOfRange(jpeg, jpeg.length - 2, jpeg.length);
    assertCorners(decoder.decode(Pictures.concat(head, stray, body, stray, end), "a.jpg"), 64, 32);
  }

  @Test
  void refusesAnEmptyFile() {
    assertRejected(new byte[0], "a.jpg is empty (0 bytes)");
  }

  @Test
  void refusesTextThatIsNamedAsAnImage() {
    assertRejected(
        "hello, world: no image".getBytes(US_ASCII),
        "is not an image: it begins with 'hello, world'");
  }

  @Test
  void namesAFormatThatIsNotRead() {
    assertRejected("RIFF\0\0\0\0WEBPVP8 ".getBytes(US_ASCII), "is of format WEBP");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAJpegCutOffAnywhere(boolean progressive) {
    BufferedImage image = Pictures.corners(64, 32);
    byte[] jpeg = progressive ? Pictures.progressive(image) : Pictures.jpeg(image);
    for (int length = 3; length < jpeg.length; length++) {
      byte[] cut = Arrays.copyOf(jpeg, length);
      assertRejected(cut, "is cut off");
    }
  }

  @Test
  void refusesAJpegWhoseScanIsTooShortForItsEndMarker() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(64, 64));
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 60);
    assertRejected(
        Pictures.concat(cut, new byte[] {(byte) 0xff, (byte) 0xd9}), "is damaged or cut off");
  }

  @Test
  void refusesAPngCutOffAnywhere() {
    byte[] png = Pictures.file(Pictures.corners(64, 32), "png");
    for (int length = 8; length < png.length; length++) {
      assertRejected(Arrays.copyOf(png, length), "copy it again");
    }
  }

  @Test
  void refusesAPngWithAWrongByte() {
    byte[] png = Pictures.file(Pictures.corners(64, 32), "png");
    png[png.length - 20] ^= 1;
    assertRejected(png, "a checksum does not hold");
  }

  @Test
  void refusesTooManyPixelsBeforeTakingMemoryForThem() {
    byte[] png = Pictures.file(Pictures.corners(8, 8), "png");
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 30_000).putInt(20, 30_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    assertRejected(png, "claims 30000 x 30000 pixels, more than 100000000");

    byte[] jpeg = Pictures.jpeg(Pictures.corners(8, 8));
    int frame = indexOfFrame(jpeg);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 30_000).putShort(frame + 7, (short) 30_000);
    assertRejected(jpeg, "claims 30000 x 30000 pixels, more than 100000000");
    assertThatThrownBy(() -> decoder.probe(jpeg, "a.jpg"))
        .isInstanceOf(ImageRejectedException.class);
  }

  @Test
  void refusesAHeaderThatClaimsMoreThanTheFileHolds() {
    byte[] jpeg = Pictures.jpeg(Pictures.corners(8, 8));
    ByteBuffer.wrap(jpeg).putShort(indexOfFrame(jpeg) + 5, (short) 4000);
    assertRejected(jpeg, "is damaged or cut off");
  }

  @Test
  void refusesAFileThatIsTooLongToBeHeld(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.jpg");
    Files.write(file, new byte[11]);
    assertThatThrownBy(() -> new ImageDecoder(new ImageLimits(100, 10)).decode(file))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageContaining("a.jpg has 11 bytes, more than 10");
  }

  @Test
  void neverFailsOtherwiseOnDamagedFiles() {
    List<byte[]> files =
        List.of(
            Pictures.jpeg(Pictures.corners(24, 16)),
            Pictures.progressive(Pictures.corners(24, 16)),
            Pictures.fourChannelJpeg(16, 16, 1, 2, 3, 4),
            Pictures.file(Pictures.corners(24, 16), "bmp"),
            Pictures.file(Pictures.corners(24, 16), "png"));
    Random random = new Random(7);
    int decoded = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] file = files.get(i % files.size()).clone();
      for (int n = 0; n < 1 + i % 3; n++) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      try {
        RgbImage image = new ImageDecoder(new ImageLimits(1_000_000, 100_000)).decode(file, "a");
        assertThat(image.rgb()).hasSize(3 * image.width() * image.height());
        decoded++;
      } catch (ImageRejectedException e) {
        assertThat(e).hasMessageStartingWith("a ");
      }
    }
    assertThat(decoded).isPositive();
  }

  @Test
  void decodesTheSameInManyThreads() throws Exception {
    byte[] file = Pictures.jpeg(Pictures.corners(200, 100));
    byte[] expected = decoder.decode(file, "a.jpg").rgb();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(pool.submit(() -> decoder.decode(file, "a.jpg").rgb()));
      }
      for (Future<byte[]> one : all) {
        assertThat(one.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vehicles-openimages", "bccd", "aerial-cars"})
  void decodesRealPhotos(String dataset) throws Exception {
    Path folder = Shared.path("datasets/" + dataset + "/images");
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().limit(20).toList()) {
        RgbImage image = decoder.decode(file);
        ImageHeader header = decoder.probe(file);
        assertThat(image.width()).isEqualTo(header.width());
        assertThat(image.height()).isEqualTo(header.height());
        assertThat(image.rgb()).hasSize(3 * image.width() * image.height());
      }
    }
  }

  private void assertRejected(byte[] file, String reason) {
    assertThatThrownBy(() -> decoder.decode(file, "a.jpg"))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageStartingWith("a.jpg ")
        .hasMessageContaining(reason);
  }

  private static void assertCorners(RgbImage image, int width, int height) {
    assertThat(image.width()).isEqualTo(width);
    assertThat(image.height()).isEqualTo(height);
    int[] xs = {2, width - 3, 2, width - 3};
    int[] ys = {2, 2, height - 3, height - 3};
    for (int i = 0; i < 4; i++) {
      assertPixel(image, xs[i], ys[i], Pictures.CORNERS[i], LEVELS);
    }
  }

  private static void assertFlat(RgbImage image, int r, int g, int b, int levels) {
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        assertPixel(image, x, y, r << 16 | g << 8 | b, levels);
      }
    }
  }

  private static void assertPixel(RgbImage image, int x, int y, int rgb, int levels) {
    int at = 3 * (y * image.width() + x);
    for (int c = 0; c < 3; c++) {
      assertThat(image.rgb()[at + c] & 0xff)
          .as("channel %d at %d, %d", c, x, y)
          .isCloseTo((rgb >> (16 - 8 * c)) & 0xff, within(levels));
    }
  }

  private static int indexOfFrame(byte[] jpeg) {
    for (int i = 0; ; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
        return i;
      }
    }
  }
}
