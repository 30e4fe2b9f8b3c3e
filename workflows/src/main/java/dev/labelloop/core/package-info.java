/** Ids and geometry that every stage shares; depends on nothing. */
@NullMarked
package dev.labelloop.core;

import org.jspecify.annotations.NullMarked;
