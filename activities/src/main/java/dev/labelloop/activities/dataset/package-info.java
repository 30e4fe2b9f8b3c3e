/** Stage 1, how: campaigns, images, classes, holdout, quarantine. */
@NullMarked
package dev.labelloop.activities.dataset;

import org.jspecify.annotations.NullMarked;
