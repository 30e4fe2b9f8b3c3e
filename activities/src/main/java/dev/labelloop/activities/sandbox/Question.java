package dev.labelloop.activities.sandbox;

import java.util.concurrent.CompletableFuture;

/**
 * A question that is open.
 *
 * @param first the first that is said about it: {@link Answer.Read}, or the answer itself
 */
record Question(CompletableFuture<Answer> first, CompletableFuture<Answer> answer) {
  Question() {
    this(new CompletableFuture<>(), new CompletableFuture<>());
  }

  /** Something is said about it. */
  void hear(Answer said) {
    first.complete(said);
    if (!(said instanceof Answer.Read)) {
      answer.complete(said);
    }
  }

  /** Nothing more will be said about it. */
  void fail(ProcessDiedException died) {
    first.completeExceptionally(died);
    answer.completeExceptionally(died);
  }
}
