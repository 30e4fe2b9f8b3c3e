package dev.labelloop.activities.dataset;

import dev.labelloop.activities.dataset.FolderScan.Quarantined;
import dev.labelloop.activities.image.ImageNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the files of a folder that are named as images.
 *
 * <p>Files and folders whose names begin with a dot are left out. Links to folders are not
 * followed, links to files only if they stay in the folder.
 */
final class ImageFiles {
  private ImageFiles() {}

  /**
   * Files named as images.
   *
   * @param paths relative, with forward slashes, sorted
   * @param refused files that are not to be opened
   */
  record Found(List<String> paths, List<Quarantined> refused) {}

  static Found under(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        throw new BadDatasetException(
            "image folder "
                + folder
                + (Files.exists(folder) ? " is no folder" : " does not exist")
                + ": name the folder that holds the images");
      }
      Finder finder = new Finder(folder.toRealPath());
      Files.walkFileTree(finder.root, finder);
      Collections.sort(finder.paths);
      return new Found(finder.paths, finder.refused);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list image folder " + folder, e);
    }
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<String> paths = new ArrayList<>();
    private final List<Quarantined> refused = new ArrayList<>();

    Finder(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && ImageNames.isHidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (ImageNames.isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      boolean link = attributes.isSymbolicLink();
      if (link && Files.isDirectory(file)) {
        refuse(file, "is a link to a folder, which is not followed: put the folder itself there");
      } else if (ImageNames.isImage(file)) {
        if (link && !leadsToFileInside(file)) {
          refuse(
              file,
              "is a link that leads out of the image folder or nowhere: put the file itself there");
        } else if (attributes.isOther()) {
          refuse(file, "is a device or a pipe: replace it by a file, or remove it");
        } else {
          paths.add(relative(file));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (!(failure instanceof AccessDeniedException)) {
        throw failure;
      }
      refuse(file, "may not be read: give this user the right to");
      return FileVisitResult.CONTINUE;
    }

    private void refuse(Path file, String reason) {
      refused.add(new Quarantined(relative(file), relative(file) + " " + reason));
    }

    private String relative(Path file) {
      return root.relativize(file).toString().replace('\\', '/');
    }

    private boolean leadsToFileInside(Path link) {
      try {
        Path target = link.toRealPath();
        return target.startsWith(root) && Files.isRegularFile(target);
      } catch (IOException e) {
        return false; // it dangles or turns in a circle, as the refusal says
      }
    }
  }
}
