/** The one home of reading and writing CSV files of labels. */
@NullMarked
package dev.labelloop.activities.format.csv;

import org.jspecify.annotations.NullMarked;
