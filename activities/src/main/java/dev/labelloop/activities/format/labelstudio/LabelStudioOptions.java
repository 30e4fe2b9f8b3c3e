package dev.labelloop.activities.format.labelstudio;

import dev.labelloop.activities.format.ImagePaths;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** Label Studio puts eight digits before the name that a file was uploaded with. */
  private static final Pattern UPLOAD = Pattern.compile("/data/upload/\\d+/[0-9a-f]{8}-([^/]+)");

  /** The address of an image; slashes stay, everything else that needs it is encoded. */
  String url(String path) {
    String encoded =
        URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    return imagePrefix + encoded;
  }

  /**
   * The path that an image's address tells: the one served from local files, an uploaded file's
   * name, or a path as it is.
   *
   * @return nothing for any other address
   */
  static Optional<String> path(String address) {
    int local = address.indexOf("/data/local-files/?d=");
    if (local >= 0) {
      String encoded = address.substring(local + "/data/local-files/?d=".length());
      try {
        return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) { // a lone percent sign
        return Optional.empty();
      }
    }
    Matcher upload = UPLOAD.matcher(address);
    if (upload.matches()) {
      return Optional.of(upload.group(1));
    }
    return address.startsWith("/") || address.contains(":")
        ? Optional.empty()
        : Optional.of(ImagePaths.relative(address));
  }
}
