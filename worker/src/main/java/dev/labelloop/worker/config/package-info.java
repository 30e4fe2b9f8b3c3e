/** What people write down: campaign specifications, and the settings of a worker process. */
@NullMarked
package dev.labelloop.worker.config;

import org.jspecify.annotations.NullMarked;
