package dev.labelloop.worker.report;

import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.RgbImage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;

/** Pictures to draw on; a file may go or be damaged after it was registered. */
final class Pictures {
  private final Function<Path, RgbImage> decoder;

  /**
   * Pictures of files.
   *
   * @param decoder reads a picture, upright
   */
  Pictures(Function<Path, RgbImage> decoder) {
    this.decoder = decoder;
  }

  /** What is drawn on the picture, or which file cannot be shown and why. */
  String drawn(Path file, Function<EmbeddedPicture, String> drawing) {
    EmbeddedPicture picture;
    try {
      picture = EmbeddedPicture.of(decoder.apply(file));
    } catch (ImageRejectedException | UncheckedIOException e) { // its message names the file
      return Html.format("<p class=\"note\">%s</p>", Html.escape(String.valueOf(e.getMessage())));
    }
    return drawing.apply(picture);
  }
}
