/** Label formats: foreign files to and from our boxes. */
@NullMarked
package dev.labelloop.activities.format;

import org.jspecify.annotations.NullMarked;
