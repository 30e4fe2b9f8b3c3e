package dev.labelloop.activities.format.labelstudio;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What Label Studio must be told beyond the boxes.
 *
 * @param imagePrefix what stands before an image's encoded path to make its address
 * @param modelVersion name of the predictions' maker, by which Label Studio tells them apart
 */
public record LabelStudioOptions(String imagePrefix, String modelVersion) {
  /** Images served by Label Studio itself from its local files folder. */
  public static final LabelStudioOptions DEFAULT =
      new LabelStudioOptions("/data/local-files/?d=", "labelloop");

  /** The address of an image; slashes stay, everything else that needs it is encoded. */
  String url(String path) {
    String encoded =
        URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    return imagePrefix + encoded;
  }
}
