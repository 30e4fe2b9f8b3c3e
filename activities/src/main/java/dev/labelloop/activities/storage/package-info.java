/** Files: images by content hash, models by weight hash. */
@NullMarked
package dev.labelloop.activities.storage;

import org.jspecify.annotations.NullMarked;
