/** The training loop: assigner, losses, optimiser, averaging, checkpoints. */
@NullMarked
package dev.labelloop.activities.training;

import org.jspecify.annotations.NullMarked;
