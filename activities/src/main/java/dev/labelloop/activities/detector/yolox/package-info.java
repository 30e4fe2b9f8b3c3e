/** YOLOX (arXiv 2107.08430): network, decoding, inference. */
@NullMarked
package dev.labelloop.activities.detector.yolox;

import org.jspecify.annotations.NullMarked;
