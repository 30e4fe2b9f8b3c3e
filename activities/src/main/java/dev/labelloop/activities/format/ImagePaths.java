package dev.labelloop.activities.format;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Paths of images as label files write them. */
public final class ImagePaths {
  private ImagePaths() {}

  /** The path with forward slashes and no leading dot; no folder is guessed. */
  public static String relative(String name) {
    String path = name.replace('\\', '/');
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path;
  }

  /**
   * A path that is written as seen from a folder.
   *
   * @param folder relative to the root, with forward slashes; empty for the root itself
   * @return as seen from the root; one that leads out of it is left as it is written
   */
  public static String from(String folder, String name) {
    String path = relative(name);
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (folder + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return path;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return path.startsWith("/") ? path : String.join("/", parts);
  }

  /** The folder of a path; empty for none. */
  public static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The path with another ending in place of the one it has. */
  public static String withEnding(String path, String ending) {
    int dot = path.lastIndexOf('.');
    return (dot > path.lastIndexOf('/') ? path.substring(0, dot) : path) + ending;
  }

  /**
   * What is wrong with a path before any folder is looked at; null if nothing is.
   *
   * @param looked whether the images will be looked for, which finds those that lead out
   */
  static @Nullable String fault(String path, boolean looked) {
    if (path.indexOf('\0') >= 0) {
      return "holds a NUL character: correct the path";
    }
    boolean out = path.startsWith("/") || ("/" + path + "/").contains("/../");
    return out && !looked
        ? "leads out of the image folder: write it relative to that folder"
        : null;
  }
}
