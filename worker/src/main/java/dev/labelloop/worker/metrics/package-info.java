/** What this process tells Prometheus of itself and of the campaigns. */
@NullMarked
package dev.labelloop.worker.metrics;

import org.jspecify.annotations.NullMarked;
