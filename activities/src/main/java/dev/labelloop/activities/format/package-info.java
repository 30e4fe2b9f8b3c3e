/**
 * Label formats: foreign files to and from our boxes.
 *
 * <p>A format is a package with an exporter, an importer or both, and a line in {@code
 * LabelFormats}.
 */
@NullMarked
package dev.labelloop.activities.format;

import org.jspecify.annotations.NullMarked;
