/** Keeps the Temporal server told that long work moves. */
@NullMarked
package dev.labelloop.activities.heartbeat;

import org.jspecify.annotations.NullMarked;
