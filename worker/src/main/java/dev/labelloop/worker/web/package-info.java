/** The HTTP server: what is open to whom, and how a refusal is said; its parts are in packages. */
@NullMarked
package dev.labelloop.worker.web;

import org.jspecify.annotations.NullMarked;
