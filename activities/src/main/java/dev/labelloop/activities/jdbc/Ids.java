package dev.labelloop.activities.jdbc;

import dev.labelloop.core.ImageId;
import java.util.HexFormat;

/** Image ids as the 32 bytes that the database keeps. */
public final class Ids {
  private Ids() {}

  /** The id's bytes. */
  public static byte[] bytes(ImageId image) {
    return HexFormat.of().parseHex(image.value());
  }

  /** The id of these bytes. */
  public static ImageId image(byte[] bytes) {
    return new ImageId(HexFormat.of().formatHex(bytes));
  }
}
