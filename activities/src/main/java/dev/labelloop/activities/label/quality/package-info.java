/** Labels that are probably wrong, found by a model that did not learn from them. */
@NullMarked
package dev.labelloop.activities.label.quality;

import org.jspecify.annotations.NullMarked;
