/** Pictures are read by native code, which may crash: so it runs in a process of its own. */
@NullMarked
package dev.labelloop.activities.sandbox;

import org.jspecify.annotations.NullMarked;
