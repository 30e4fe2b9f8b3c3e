/** Stage 3: chooses the images that people see in a round. */
@NullMarked
package dev.labelloop.selection;

import org.jspecify.annotations.NullMarked;
