/** Stage 5: turns answers into annotations and sure predictions into pseudo-labels. */
@NullMarked
package dev.labelloop.label;

import org.jspecify.annotations.NullMarked;
