/** Looks at campaigns from outside, and tells them what they cannot see themselves. */
@NullMarked
package dev.labelloop.worker.health;

import org.jspecify.annotations.NullMarked;
