/** COCO detection JSON: labels in and out, results out. */
@NullMarked
package dev.labelloop.activities.format.coco;

import org.jspecify.annotations.NullMarked;
