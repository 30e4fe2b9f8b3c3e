package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LikenessTest {
  /** Of {@link Likeness#assertLike}. */
  private static final double TOLERATED = 0.01;

  @Test
  void bearsOtherEdgesOfLetters() {
    BufferedImage smooth = drawn(pen -> text(pen, RenderingHints.VALUE_TEXT_ANTIALIAS_ON));
    BufferedImage sharp = drawn(pen -> text(pen, RenderingHints.VALUE_TEXT_ANTIALIAS_OFF));

    assertThat(Likeness.difference(smooth, sharp)).isLessThanOrEqualTo(TOLERATED);
  }

  @Test
  void seesABoxThatIsMissing() {
    BufferedImage without = drawn(pen -> {});
    BufferedImage with =
        drawn(
            pen -> {
              pen.setColor(Color.RED);
              pen.setStroke(new BasicStroke(2));
              pen.drawRect(103, 101, 160, 120);
            });

    assertThat(Likeness.difference(without, with)).isGreaterThan(TOLERATED);
  }

  @Test
  void seesThatEverythingMovedByALine() {
    BufferedImage here = drawn(pen -> panel(pen, 40));
    BufferedImage there = drawn(pen -> panel(pen, 56));

    assertThat(Likeness.difference(here, there)).isGreaterThan(TOLERATED);
  }

  private static void panel(Graphics2D pen, int y) {
    pen.setColor(Color.DARK_GRAY);
    pen.fillRect(40, y, 300, 300);
  }

  private static void text(Graphics2D pen, Object edges) {
    pen.setColor(Color.BLACK);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, edges);
    for (int line = 1; line < 20; line++) {
      pen.drawString("box 3 of 7, car 62 %, accepted", 20, 20 * line);
    }
  }

  private static BufferedImage drawn(Consumer<Graphics2D> what) {
    BufferedImage image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 400, 400);
    what.accept(pen);
    pen.dispose();
    return image;
  }
}
