/** Stage 5, how: annotations, pseudo-labels, and the test that accepts them. */
@NullMarked
package dev.labelloop.activities.label;

import org.jspecify.annotations.NullMarked;
