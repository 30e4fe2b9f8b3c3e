/** The servers that a campaign home brings along: PostgreSQL and Temporal, as child processes. */
@NullMarked
package dev.labelloop.worker.embedded;

import org.jspecify.annotations.NullMarked;
