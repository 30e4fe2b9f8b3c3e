/** Label Studio task JSON with predictions. */
@NullMarked
package dev.labelloop.activities.format.labelstudio;

import org.jspecify.annotations.NullMarked;
