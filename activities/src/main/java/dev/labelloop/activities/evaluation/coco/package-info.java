/** The exact COCO box evaluation, equal to pycocotools bit for bit. */
@NullMarked
package dev.labelloop.activities.evaluation.coco;

import org.jspecify.annotations.NullMarked;
