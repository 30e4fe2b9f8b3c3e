/** Stage 6: freezes what a model is trained on. */
@NullMarked
package dev.labelloop.trainingset;

import org.jspecify.annotations.NullMarked;
