/** CVAT for images 1.1: one XML file. */
@NullMarked
package dev.labelloop.activities.format.cvat;

import org.jspecify.annotations.NullMarked;
