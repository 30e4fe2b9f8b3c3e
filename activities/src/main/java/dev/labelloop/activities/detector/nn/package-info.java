/** Layers over the PyTorch engine: convolution, batch norm, activation. */
@NullMarked
package dev.labelloop.activities.detector.nn;

import org.jspecify.annotations.NullMarked;
