/** The pictures themselves, as they are or smaller. */
@NullMarked
package dev.labelloop.worker.web.image;

import org.jspecify.annotations.NullMarked;
