/** Stage 8: measures models on the holdout. */
@NullMarked
package dev.labelloop.evaluation;

import org.jspecify.annotations.NullMarked;
