/** The command line: one class a command. */
@NullMarked
package dev.labelloop.worker.cli;

import org.jspecify.annotations.NullMarked;
