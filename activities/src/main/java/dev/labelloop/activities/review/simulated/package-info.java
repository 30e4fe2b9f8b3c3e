/** A reviewer made of a truth file, faults and a stop-watch; always named as simulated. */
@NullMarked
package dev.labelloop.activities.review.simulated;

import org.jspecify.annotations.NullMarked;
