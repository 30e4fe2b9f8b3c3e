/** Stage 1: registers a campaign's images, classes and holdout. */
@NullMarked
package dev.labelloop.dataset;

import org.jspecify.annotations.NullMarked;
