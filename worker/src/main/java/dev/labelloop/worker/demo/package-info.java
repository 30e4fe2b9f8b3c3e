/** The demonstration: scenes that we draw ourselves, so that their truth is exact. */
@NullMarked
package dev.labelloop.worker.demo;

import org.jspecify.annotations.NullMarked;
