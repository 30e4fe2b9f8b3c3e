/** Stage 2, how: shards, their ledger, loaded detectors. */
@NullMarked
package dev.labelloop.activities.prediction;

import org.jspecify.annotations.NullMarked;
