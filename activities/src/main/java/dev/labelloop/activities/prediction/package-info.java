/** Stage 2, how: shards and their ledger. */
@NullMarked
package dev.labelloop.activities.prediction;

import org.jspecify.annotations.NullMarked;
