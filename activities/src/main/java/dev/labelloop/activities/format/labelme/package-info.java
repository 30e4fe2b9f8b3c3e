/** LabelMe: a JSON file beside each image. */
@NullMarked
package dev.labelloop.activities.format.labelme;

import org.jspecify.annotations.NullMarked;
