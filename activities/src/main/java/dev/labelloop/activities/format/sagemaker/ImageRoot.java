package dev.labelloop.activities.format.sagemaker;

import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.KnownImages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the image folder lies in the bucket: one folder for the whole manifest.
 *
 * @param folder what is cut from the front of every key; empty, or ends with a slash
 */
record ImageRoot(String folder) {
  private static final String S3 = "s3://";

  /**
   * What an address says of the image: the key in its bucket, or a path as it is written.
   *
   * @return nothing for an address elsewhere, or a bucket without a key
   */
  static Optional<String> key(String address) {
    if (!address.startsWith(S3)) {
      return address.contains("://")
          ? Optional.empty()
          : Optional.of(ImagePaths.relative(address)).filter(path -> !path.isEmpty());
    }
    int slash = address.indexOf('/', S3.length());
    return slash <= S3.length() || slash == address.length() - 1
        ? Optional.empty()
        : Optional.of(address.substring(slash + 1));
  }

  /**
   * The fewest folders at the front of all keys without which an image is found; none where no
   * image would be found, or any image will do.
   */
  static ImageRoot of(List<String> keys, @Nullable KnownImages images) {
    String shared = images == null || keys.isEmpty() ? "" : sharedFolder(keys);
    for (int end = 0; images != null && end <= shared.length(); end++) {
      if (end == 0 || shared.charAt(end - 1) == '/') {
        ImageRoot root = new ImageRoot(shared.substring(0, end));
        if (keys.stream().anyMatch(key -> isKnown(root.path(key), images))) {
          return root;
        }
      }
    }
    return new ImageRoot("");
  }

  /** The path relative to the image folder. */
  String path(String key) {
    return key.substring(folder.length());
  }

  private static boolean isKnown(String path, KnownImages images) {
    return path.indexOf('\0') < 0 && images.find(path) != null;
  }

  private static String sharedFolder(List<String> keys) {
    String shared = keys.get(0);
    for (String key : keys) {
      int same = 0;
      while (same < Math.min(shared.length(), key.length())
          && shared.charAt(same) == key.charAt(same)) {
        same++;
      }
      shared = shared.substring(0, same);
    }
    return shared.substring(0, shared.lastIndexOf('/') + 1);
  }
}
