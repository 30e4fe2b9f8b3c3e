package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.LabelFormats;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Labels in another tool's format, as one zip file. They are written to a folder first, so that a
 * fault is told before the first byte goes out; the zip itself is never held in memory.
 */
final class ExportZip implements AutoCloseable {
  /** Each takes room on the disk. */
  private static final Semaphore AT_ONCE = new Semaphore(2);

  /** Equal labels are equal files. */
  private static final FileTime NO_TIME = FileTime.fromMillis(315_532_800_000L); // zip's first day

  private final Path folder;
  private final Path labels;
  private final String name;
  private final String ending;

  private ExportZip(Path folder, String name, String ending) {
    this.folder = folder;
    this.labels = folder.resolve("labels");
    this.name = name;
    this.ending = ending;
  }

  /**
   * Writes the labels.
   *
   * @param name of the file in the zip, or of its folder, without an ending
   * @throws Refusal if the format is not known or cannot say this, or others are at it
   */
  static ExportZip of(String format, String name, List<String> classes, Iterator<ImageLabels> all) {
    LabelExporter exporter = exporter(format);
    if (!AT_ONCE.tryAcquire()) {
      throw Refusal.of(
          HttpStatus.SERVICE_UNAVAILABLE, "two exports are being written: try again in a minute");
    }
    ExportZip zip = null;
    try {
      zip = new ExportZip(Files.createTempDirectory("labelloop-export"), name, exporter.ending());
      exporter.export(ClassTable.of(classes), all, zip.labels);
      return zip;
    } catch (IllegalArgumentException e) { // the format cannot say it, in words for people
      closed(zip);
      throw Refusal.of(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      closed(zip);
      throw new UncheckedIOException("no folder for an export can be made", e);
    } catch (RuntimeException e) {
      closed(zip);
      throw e;
    }
  }

  private static void closed(@Nullable ExportZip zip) {
    if (zip == null) {
      AT_ONCE.release();
    } else {
      zip.close();
    }
  }

  private static LabelExporter exporter(String format) {
    try {
      return LabelFormats.exporter(format);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Writes the zip file; one that breaks off has no end, which every reader notices. */
  void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    try (Stream<Path> all = Files.walk(labels)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
        ZipEntry entry = new ZipEntry(entryName(file));
        entry.setLastModifiedTime(NO_TIME);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    zip.finish();
    zip.flush();
  }

  private String entryName(Path file) {
    return file.equals(labels)
        ? name + ending
        : name + "/" + labels.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public void close() {
    AT_ONCE.release();
    Folders.delete(folder);
  }
}
