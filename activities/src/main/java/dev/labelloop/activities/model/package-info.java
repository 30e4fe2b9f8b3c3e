/** Stage 7, how: initial models, trainings, fencing. */
@NullMarked
package dev.labelloop.activities.model;

import org.jspecify.annotations.NullMarked;
