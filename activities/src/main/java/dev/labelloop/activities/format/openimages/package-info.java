/** Open Images: CSV files of boxes, classes and images. */
@NullMarked
package dev.labelloop.activities.format.openimages;

import org.jspecify.annotations.NullMarked;
