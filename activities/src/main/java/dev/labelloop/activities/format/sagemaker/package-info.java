/** SageMaker Ground Truth: a manifest with one JSON object a line. */
@NullMarked
package dev.labelloop.activities.format.sagemaker;

import org.jspecify.annotations.NullMarked;
