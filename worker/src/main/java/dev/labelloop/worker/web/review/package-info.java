/** What reviewers see and answer, over HTTP. */
@NullMarked
package dev.labelloop.worker.web.review;

import org.jspecify.annotations.NullMarked;
