package dev.labelloop.activities.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The picture process: answers its worker until the worker is gone.
 *
 * <p>Answers leave by a pipe of their own, so that whatever native code prints cannot disturb them.
 * The reading thread does nothing but read: when the worker ends, however it ends, the pipe closes,
 * and the process halts at once, even if native code is busy.
 */
final class PictureServer {
  private static final Logger LOG = LoggerFactory.getLogger(PictureServer.class);

  /** Opened by {@link Launch}: where the worker listens. */
  private static final String ANSWERS = "/proc/self/fd/3";

  private static final int WORKER_IS_GONE = 0;

  private final PictureWork work;
  private final OutputStream answers;

  private PictureServer(PictureWork work, OutputStream answers) {
    this.work = work;
    this.answers = answers;
  }

  /** Does the work that comes by the standard input; does not return. */
  static void serve(PictureWork work) {
    // As many threads as checks are open: the worker asks no more than it wants done at once.
    ExecutorService checks = Executors.newCachedThreadPool();
    // One for the engine, which keeps a team of threads for each thread that calls it.
    ExecutorService engine = Executors.newSingleThreadExecutor();
    InputStream questions = new BufferedInputStream(System.in);
    try (OutputStream answers = new BufferedOutputStream(new FileOutputStream(ANSWERS))) {
      PictureServer server = new PictureServer(work, answers);
      server.answer(Wire.UP, new Answer.Ready());
      while (true) {
        Wire.Message message = Wire.receive(questions);
        Request request = Request.read(message.content());
        (request instanceof Request.Check ? checks : engine)
            .execute(() -> server.answer(message.number(), request));
      }
    } catch (IOException e) {
      LOG.debug("the worker is gone", e);
      Runtime.getRuntime().halt(WORKER_IS_GONE);
    }
  }

  private void answer(int number, Request request) {
    answer(number, answerTo(request, () -> answer(number, new Answer.Read())));
  }

  private Answer answerTo(Request request, Runnable read) {
    try {
      if (request instanceof Request.Check check) {
        return new Answer.Checked(work.check(check.folder(), check.path(), read));
      }
      if (request instanceof Request.Predict predict) {
        return new Answer.Predicted(
            work.predict(predict.model(), predict.folder(), predict.image(), predict.path(), read));
      }
      work.load(((Request.Load) request).model());
      return new Answer.Ready();
    } catch (RuntimeException | Error e) { // the worker is told of any, and waits until it is
      Answer.Refused refused = Answer.Refused.of(e);
      if (refused.refusal() == Answer.Refusal.FAULT) {
        LOG.error("cannot do {}", request, e);
      }
      return refused;
    }
  }

  private synchronized void answer(int number, Answer answer) {
    try {
      Wire.send(answers, number, out -> Answer.write(answer, out));
    } catch (IOException e) {
      LOG.debug("the worker is gone", e);
      Runtime.getRuntime().halt(WORKER_IS_GONE);
    }
  }
}
