/** Detectors: families, weights, inference. */
@NullMarked
package dev.labelloop.activities.detector;

import org.jspecify.annotations.NullMarked;
