/** The HTTP interface for reviewers, on this machine alone. */
@NullMarked
package dev.labelloop.worker.web;

import org.jspecify.annotations.NullMarked;
