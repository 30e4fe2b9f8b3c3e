package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.ModelFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One picture process, seen from its worker; safe for use by many threads. */
final class PictureProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PictureProcess.class);

  /** For SIGKILL to take effect; only what waits for a disk takes longer. */
  private static final Duration ENDING = Duration.ofSeconds(10);

  private final Process process;
  private final Path crashLog;
  private final Duration patience;
  private final Question up = new Question();
  private final Map<Integer, Question> open = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger(Wire.UP);
  private volatile @Nullable ProcessEnd ended; // by us
  private volatile @Nullable ProcessEnd end;
  private volatile @Nullable ModelFiles model;

  /**
   * Starts a process.
   *
   * @param patience with one file, and with its picture
   */
  PictureProcess(Launch launch, Duration patience) {
    this(launch.start(), launch, patience);
  }

  /** As the other, with a process that was started. */
  PictureProcess(Process process, Launch launch, Duration patience) {
    this.process = process;
    this.crashLog = launch.crashLog(process.pid());
    this.patience = patience;
    open.put(Wire.UP, up);
    Thread reader = new Thread(this::read, "pictures-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether it has ended, as far as it is known. */
  boolean isOver() {
    return end != null || !process.isAlive();
  }

  /** Its number. */
  long pid() {
    return process.pid();
  }

  /** Waits until it is up. */
  void awaitUp() throws ProcessDiedException {
    answer(up.answer(), Sandbox.LONGEST_WAIT, hung(Sandbox.LONGEST_WAIT));
  }

  /** Whether it has this model. */
  boolean has(ModelFiles wanted) {
    return wanted.equals(model);
  }

  /** Loads a model. */
  void load(ModelFiles wanted) throws ProcessDiedException {
    model = null;
    Duration most = Sandbox.LONGEST_WAIT;
    ask(new Request.Load(wanted), question -> answer(question.answer(), most, hung(most)));
    model = wanted;
  }

  /**
   * Asks about a picture and waits for the answer.
   *
   * @param read called when the file's bytes are there
   * @throws ProcessDiedException if it ends before, or is ended because the picture takes too long
   * @throws UncheckedIOException if it is ended because a file's bytes do not come
   * @throws RuntimeException what the work was refused with there
   */
  Answer ask(Request.OfFile request, Runnable read) throws ProcessDiedException {
    return ask(
        request,
        question -> {
          answer(question.first(), patience, stalled(request));
          tell(read);
          return answer(question.answer(), patience, hung(patience));
        });
  }

  /** How the answer to a question is waited for. */
  private interface Wait {
    Answer answerTo(Question question) throws ProcessDiedException;
  }

  private Answer ask(Request request, Wait wait) throws ProcessDiedException {
    int number = last.incrementAndGet();
    Question question = new Question();
    open.put(number, question);
    try {
      if (end == null) {
        send(number, request);
      } else {
        failAll(); // the reader may have gone before it could see this question
      }
      return wait.answerTo(question);
    } finally {
      open.remove(number);
    }
  }

  /** Whoever ends the work here must not leave its picture to the company of the next. */
  private void tell(Runnable read) {
    try {
      read.run();
    } catch (RuntimeException e) {
      stop(new ProcessEnd(ProcessEnd.Kind.KILLED, "its picture is not wanted any more"));
      throw e;
    }
  }

  private static ProcessEnd hung(Duration most) {
    return new ProcessEnd(ProcessEnd.Kind.HUNG, "no answer for " + most.toSeconds() + " seconds");
  }

  private ProcessEnd stalled(Request.OfFile request) {
    return new ProcessEnd(
        ProcessEnd.Kind.STALLED,
        "cannot read image "
            + request.folder().resolve(request.path())
            + ": the storage has not answered for "
            + patience.toSeconds()
            + " seconds, look after the disk or the network that it lies on");
  }

  private synchronized void send(int number, Request request) {
    try {
      Wire.send(process.getOutputStream(), number, out -> Request.write(request, out));
    } catch (IOException e) {
      LOG.debug("process {} is gone; the reader will tell how", process.pid(), e);
    }
  }

  private Answer answer(CompletableFuture<Answer> future, Duration most, ProcessEnd ifLonger)
      throws ProcessDiedException {
    try {
      Answer answer = within(most, future, ifLonger);
      if (answer instanceof Answer.Refused refused) {
        throw refused.exception();
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a picture was read", e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ProcessDiedException died)) {
        throw new IllegalStateException(e.getCause());
      }
      if (died.end().kind() == ProcessEnd.Kind.STALLED) { // by this file or one in its company
        throw new Answer.Refused(Answer.Refusal.READING, died.end().text()).exception();
      }
      throw died;
    }
  }

  private Answer within(Duration most, CompletableFuture<Answer> future, ProcessEnd ifLonger)
      throws InterruptedException, ExecutionException {
    try {
      return future.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("process {} is ended: {}", process.pid(), ifLonger.text());
      stop(ifLonger);
      return future.get(); // is there by now
    }
  }

  private void stop(ProcessEnd how) {
    ended = how;
    close();
    over(how); // the reader still waits if not even SIGKILL ends it yet
  }

  private void read() {
    try (InputStream answers = new BufferedInputStream(process.getInputStream())) {
      while (true) {
        hear(Wire.receive(answers));
      }
    } catch (StreamCorruptedException | RuntimeException e) { // its memory is in disorder
      LOG.warn("process {} gives an answer that makes no sense and is ended", process.pid(), e);
      ended = new ProcessEnd(ProcessEnd.Kind.CRASHED, "an answer that makes no sense");
    } catch (IOException e) {
      LOG.debug("process {} has ended", process.pid(), e);
    } finally { // an Error of this worker too leaves nobody waiting
      close();
      over(how());
    }
  }

  private void hear(Wire.Message message) {
    try {
      Answer said = Answer.read(message.content());
      Question asked = open.get(message.number());
      if (asked != null) {
        asked.hear(said);
      }
    } catch (IOException e) { // not of the pipe: the message is here whole
      throw new UncheckedIOException(e);
    }
  }

  private ProcessEnd how() {
    ProcessEnd byUs = ended;
    if (byUs != null) {
      return byUs;
    }
    return process.isAlive()
        ? new ProcessEnd(ProcessEnd.Kind.KILLED, "signal 9, which has not ended it yet")
        : ProcessEnd.of(process.exitValue(), crashLog);
  }

  private void over(ProcessEnd how) {
    end = how;
    failAll();
  }

  private void failAll() {
    ProcessEnd how = end;
    if (how != null) {
      open.values().forEach(asked -> asked.fail(new ProcessDiedException(how)));
    }
  }

  /** Ends it, and returns when it is gone, or will be as soon as a disk lets it go. */
  @Override
  public void close() {
    process
        .destroyForcibly()
        .onExit()
        .completeOnTimeout(process, ENDING.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
