/** The process as a Temporal worker: which queues it serves, and how it starts and stops. */
@NullMarked
package dev.labelloop.worker.temporal;

import org.jspecify.annotations.NullMarked;
