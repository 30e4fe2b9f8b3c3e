/** Why a model fails on the holdout: error types, calibration, confusion, the worst pictures. */
@NullMarked
package dev.labelloop.activities.evaluation.errors;

import org.jspecify.annotations.NullMarked;
