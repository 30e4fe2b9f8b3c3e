/** Images: decoding, orientation, letterbox, augmentation. */
@NullMarked
package dev.labelloop.activities.image;

import org.jspecify.annotations.NullMarked;
