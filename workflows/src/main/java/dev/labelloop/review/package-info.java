/** Stage 4: publishes review batches and collects people's answers. */
@NullMarked
package dev.labelloop.review;

import org.jspecify.annotations.NullMarked;
