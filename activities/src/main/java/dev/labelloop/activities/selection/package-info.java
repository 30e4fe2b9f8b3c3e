/** Stage 3, how: strategies, the round's draw, its batches. */
@NullMarked
package dev.labelloop.activities.selection;

import org.jspecify.annotations.NullMarked;
