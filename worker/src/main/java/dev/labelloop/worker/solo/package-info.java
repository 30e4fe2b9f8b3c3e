/** Training and prediction on folders, without a campaign and without servers. */
@NullMarked
package dev.labelloop.worker.solo;

import org.jspecify.annotations.NullMarked;
