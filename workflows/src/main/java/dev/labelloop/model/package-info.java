/** Stage 7: makes, trains and stores models. */
@NullMarked
package dev.labelloop.model;

import org.jspecify.annotations.NullMarked;
