/** How good people's answers are: how far they agree, what is known of a person, what it costs. */
@NullMarked
package dev.labelloop.activities.review.quality;

import org.jspecify.annotations.NullMarked;
