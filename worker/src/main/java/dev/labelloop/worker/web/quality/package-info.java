/** How well people work, who may not now, and second looks, over HTTP. */
@NullMarked
package dev.labelloop.worker.web.quality;

import org.jspecify.annotations.NullMarked;
