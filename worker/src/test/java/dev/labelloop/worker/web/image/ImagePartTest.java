package dev.labelloop.worker.web.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.dashboard.Board;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pictures through the wire. */
@ExtendWith(Board.Shared.class)
class ImagePartTest {
  /** Orientation 6 in the smallest Exif segment: to be turned by 90 degrees clockwise. */
  private static final byte[] CLOCKWISE =
      HexFormat.of()
          .parseHex(
              "ffe10022"
                  + "457869660000"
                  + "4d4d002a00000008"
                  + "0001"
                  + "01120003000000010006"
                  + "0000"
                  + "00000000");

  private final Board board;

  ImagePartTest(Board board) {
    this.board = board;
  }

  @Test
  void aSmallerPictureStandsUpright() throws Exception {
    ImageId image = board.stored.campaign("upright", List.of(turned(900, 600))).get(0);

    HttpResponse<byte[]> response = get("/api/images/upright/" + image + "?side=256");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.body()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map())
        .containsEntry("Content-Type", List.of("image/jpeg"))
        .containsEntry("Cache-Control", List.of("private, max-age=31536000, immutable"))
        .containsEntry("Content-Security-Policy", List.of("sandbox"));
    assertThat(picture.getWidth()).isEqualTo(171); // 600 x 900 upright, at most 256
    assertThat(picture.getHeight()).isEqualTo(256);
    // Stored, the left half is red: turned clockwise it is the upper one.
    assertThat(new Color(picture.getRGB(85, 40)).getRed()).isGreaterThan(200);
    assertThat(new Color(picture.getRGB(85, 40)).getBlue()).isLessThan(60);
    assertThat(new Color(picture.getRGB(85, 216)).getBlue()).isGreaterThan(200);
  }

  @Test
  void aPictureIsNeverMadeLarger() throws Exception {
    ImageId image = board.stored.campaign("larger", List.of(turned(90, 60))).get(0);

    byte[] bytes = get("/api/images/larger/" + image + "?side=2048").body();

    assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getHeight()).isEqualTo(90);
  }

  @Test
  void onlySomeSizesAreThere() throws Exception {
    ImageId image = board.stored.campaign("sizes", List.of(turned(90, 60))).get(0);

    HttpResponse<byte[]> response = get("/api/images/sizes/" + image + "?side=300");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("side = 300")
        .contains("1024");
    assertThat(get("/api/images/sizes/" + image + "?side=../1").statusCode()).isEqualTo(400);
    assertThat(get("/api/images/sizes/" + "0".repeat(64) + "?side=256").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aFileThatIsGoneDamagedOrCrashingIsNotShown() throws Exception {
    List<ImageId> images =
        board.stored.campaign(
            "gone-files",
            List.of(turned(90, 60), "no image".getBytes(StandardCharsets.UTF_8), turned(91, 60)));
    board.stored.remove("gone-files0.png");
    board.stored.images.quarantineCrashing(
        new CampaignName("gone-files"), "gone-files2.png", "it crashes what reads it");

    for (ImageId image : images) {
      assertThat(get("/api/images/gone-files/" + image + "?side=256").statusCode()).isEqualTo(410);
    }
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return board.get(path, BodyHandlers.ofByteArray());
  }

  /** A JPEG, stored with its left half red and the other blue, that is to be turned clockwise. */
  private static byte[] turned(int width, int height) throws IOException {
    BufferedImage stored = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = stored.createGraphics();
    pen.setColor(Color.BLUE);
    pen.fillRect(0, 0, width, height);
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, width / 2, height);
    pen.dispose();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(stored, "jpeg", plain);
    byte[] jpeg = plain.toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(CLOCKWISE);
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }
}
