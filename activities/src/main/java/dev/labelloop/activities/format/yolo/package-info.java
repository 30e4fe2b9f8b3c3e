/** YOLO text files with a data.yaml. */
@NullMarked
package dev.labelloop.activities.format.yolo;

import org.jspecify.annotations.NullMarked;
