/** The built-in review tool: people answer through our own HTTP interface. */
@NullMarked
package dev.labelloop.activities.review.page;

import org.jspecify.annotations.NullMarked;
