/** Whether a challenger becomes champion, and what was champion before. */
@NullMarked
package dev.labelloop.activities.evaluation.gate;

import org.jspecify.annotations.NullMarked;
