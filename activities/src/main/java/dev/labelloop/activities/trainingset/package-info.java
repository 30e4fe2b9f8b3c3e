/** Stage 6, how: the canonical manifest and its hash. */
@NullMarked
package dev.labelloop.activities.trainingset;

import org.jspecify.annotations.NullMarked;
