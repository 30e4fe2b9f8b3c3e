package dev.labelloop.activities.jdbc;

import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.util.HexFormat;
import java.util.Map;

/** Ids as the database keeps them: images as 32 bytes, rounds as campaign and number. */
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

  /** What a query binds as {@code :campaign} and {@code :round}. */
  public static Map<String, Object> key(RoundId round) {
    return Map.of("campaign", round.campaign().value(), "round", round.number());
  }
}
