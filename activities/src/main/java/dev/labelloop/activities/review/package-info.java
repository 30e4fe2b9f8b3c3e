/** Stage 4, how: review tools and people's answers. */
@NullMarked
package dev.labelloop.activities.review;

import org.jspecify.annotations.NullMarked;
