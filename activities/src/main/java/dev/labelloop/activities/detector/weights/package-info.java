/** Weight files: safetensors, the one format in which models are kept and exchanged. */
@NullMarked
package dev.labelloop.activities.detector.weights;

import org.jspecify.annotations.NullMarked;
