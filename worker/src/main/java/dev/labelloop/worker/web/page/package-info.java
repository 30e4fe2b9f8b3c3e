/** Pages, their scripts and their words: files out of the program itself. */
@NullMarked
package dev.labelloop.worker.web.page;

import org.jspecify.annotations.NullMarked;
