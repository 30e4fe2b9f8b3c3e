/** Stage 2: runs the champion over the pool, in shards. */
@NullMarked
package dev.labelloop.prediction;

import org.jspecify.annotations.NullMarked;
