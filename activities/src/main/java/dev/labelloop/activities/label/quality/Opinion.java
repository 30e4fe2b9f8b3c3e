package dev.labelloop.activities.label.quality;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import org.jspecify.annotations.Nullable;

/**
 * What a detection says about labels in one respect.
 *
 * @param about {@code OVERLOOKED}: whether there is an object; {@code BADLY_LOCATED}: where it is;
 *     {@code SWAPPED}: of which class
 * @param detection that says so
 * @param sureness in [0, 1]: its confidence; of the class, what it is ahead of the next class there
 * @param label that it is about; null if there is none
 * @param agrees whether the label says the same
 */
record Opinion(
    SuspicionKind about,
    Detection detection,
    double sureness,
    @Nullable LabelledBox label,
    boolean agrees) {}
