/** Stage 8, how: the exact COCO evaluation, its storage, and what a report needs. */
@NullMarked
package dev.labelloop.activities.evaluation;

import org.jspecify.annotations.NullMarked;
