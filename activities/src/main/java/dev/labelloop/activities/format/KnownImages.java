package dev.labelloop.activities.format;

import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageHeader;
import dev.labelloop.activities.image.ImageRejectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images that labels may speak of, by path relative to the image folder. */
public interface KnownImages {
  /** The size of an image; null if there is none at exactly this path. */
  @Nullable ImageSize find(String path);

  /** Why there is no image at this path, and what mends it. */
  String absence(String path);

  /**
   * Images found by a scan of the folder.
   *
   * @param sizes by path
   * @param refused reasons by path, of files that cannot be used
   */
  static KnownImages of(Map<String, ImageSize> sizes, Map<String, String> refused) {
    return new KnownImages() {
      @Override
      public @Nullable ImageSize find(String path) {
        return sizes.get(path);
      }

      @Override
      public String absence(String path) {
        String reason = refused.get(path);
        if (reason != null) {
          return "cannot be used: " + reason;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String hint =
            sizes.keySet().stream()
                .filter(known -> known.equals(name) || known.endsWith("/" + name))
                .sorted()
                .findFirst()
                .map(known -> "; did you mean '" + known + "'?")
                .orElse("");
        return "is not in the image folder: paths are relative to it" + hint;
      }
    };
  }

  /** Images in a folder, looked up one by one. */
  static KnownImages in(Path folder, ImageDecoder decoder) {
    return new KnownImages() {
      @Override
      public @Nullable ImageSize find(String path) {
        try {
          return exists(path) ? probe(path) : null;
        } catch (ImageRejectedException e) {
          return null; // absence() tells why
        }
      }

      @Override
      public String absence(String path) {
        try {
          if (exists(path)) {
            probe(path);
          }
          return "is not in " + folder + ": paths are relative to it";
        } catch (ImageRejectedException e) {
          return "cannot be used: " + e.getMessage();
        }
      }

      private boolean exists(String path) {
        Path file = folder.resolve(path).normalize();
        return file.startsWith(folder.normalize()) && Files.isRegularFile(file);
      }

      private ImageSize probe(String path) {
        ImageHeader header = decoder.probe(folder.resolve(path));
        return new ImageSize(header.width(), header.height());
      }
    };
  }
}
