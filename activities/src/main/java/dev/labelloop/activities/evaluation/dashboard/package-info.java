/** What people look up while a campaign runs: its labels, models, images and their history. */
@NullMarked
package dev.labelloop.activities.evaluation.dashboard;

import org.jspecify.annotations.NullMarked;
