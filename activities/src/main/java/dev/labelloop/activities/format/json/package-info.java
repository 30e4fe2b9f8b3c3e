/** The one home of reading JSON files of labels. */
@NullMarked
package dev.labelloop.activities.format.json;

import org.jspecify.annotations.NullMarked;
