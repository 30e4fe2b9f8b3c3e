/** The process: command line, wiring, embedded servers, web. */
@NullMarked
package dev.labelloop.worker;

import org.jspecify.annotations.NullMarked;
