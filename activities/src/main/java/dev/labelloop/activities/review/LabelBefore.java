package dev.labelloop.activities.review;

import dev.labelloop.activities.review.BoxQueries.Suspect;
import dev.labelloop.label.LabelledBox;
import java.util.List;

/**
 * A label as people had given it before a round.
 *
 * @param ignore places of which it says neither yes nor no
 * @param suspects what a model has said against it, the most doubtful first
 */
public record LabelBefore(
    List<LabelledBox> boxes, List<LabelledBox> ignore, List<Suspect> suspects) {}
