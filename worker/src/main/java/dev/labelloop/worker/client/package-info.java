/** Talks to campaigns on a Temporal server: start, follow, hold, finish. */
@NullMarked
package dev.labelloop.worker.client;

import org.jspecify.annotations.NullMarked;
