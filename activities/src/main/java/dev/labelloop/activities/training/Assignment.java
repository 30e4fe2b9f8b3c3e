package dev.labelloop.activities.training;

/**
 * Which cells of one picture answer for which object.
 *
 * @param cells the positive cells, rising
 * @param objects for each of them the object's place in {@link Target#boxes}
 * @param ious for each of them the overlap of its present box with the object, in [0, 1]
 */
record Assignment(int[] cells, int[] objects, float[] ious) {}
