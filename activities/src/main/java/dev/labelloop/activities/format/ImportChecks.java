package dev.labelloop.activities.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What imported labels must agree with.
 *
 * @param images the images they may speak of; null for any
 * @param classes names of the only classes allowed, in the wanted order; null for those of the file
 */
public record ImportChecks(@Nullable KnownImages images, @Nullable List<String> classes) {
  /** Labels of any images and any classes. */
  public static final ImportChecks ANY = new ImportChecks(null, null);

  /** The labels of a campaign: of its images and in its classes. */
  public static ImportChecks of(KnownImages images, List<String> classes) {
    return new ImportChecks(images, List.copyOf(classes));
  }
}
