/** Label Studio task JSON: predictions out, answers and predictions in. */
@NullMarked
package dev.labelloop.activities.format.labelstudio;

import org.jspecify.annotations.NullMarked;
