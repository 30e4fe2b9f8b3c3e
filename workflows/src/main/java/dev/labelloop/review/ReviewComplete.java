package dev.labelloop.review;

import dev.labelloop.core.BatchId;

/** Says that people are done with a batch; images without an answer stay unanswered. */
public record ReviewComplete(BatchId batchId) {}
