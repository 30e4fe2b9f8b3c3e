/** Pascal VOC: an XML file an image. */
@NullMarked
package dev.labelloop.activities.format.voc;

import org.jspecify.annotations.NullMarked;
