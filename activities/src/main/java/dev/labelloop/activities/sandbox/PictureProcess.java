package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.ModelFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
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

  private final Process process;
  private final Path crashLog;
  private final Duration patience;
  private final CompletableFuture<Answer> up = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger(Wire.UP);
  private volatile @Nullable ProcessEnd ended; // by us
  private volatile @Nullable ProcessEnd end;
  private volatile @Nullable ModelFiles model;

  /**
   * Starts a process.
   *
   * @param patience with one picture
   */
  PictureProcess(Launch launch, Duration patience) {
    this.process = launch.start();
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
    answer(up, Sandbox.LONGEST_WAIT);
  }

  /** Whether it has this model. */
  boolean has(ModelFiles wanted) {
    return wanted.equals(model);
  }

  /** Loads a model. */
  void load(ModelFiles wanted) throws ProcessDiedException {
    model = null;
    ask(new Request.Load(wanted), Sandbox.LONGEST_WAIT);
    model = wanted;
  }

  /**
   * Asks about a picture and waits for the answer.
   *
   * @throws ProcessDiedException if it ends before, or is ended because it takes too long
   * @throws RuntimeException what the work was refused with there
   */
  Answer ask(Request request) throws ProcessDiedException {
    return ask(request, patience);
  }

  private Answer ask(Request request, Duration most) throws ProcessDiedException {
    int number = last.incrementAndGet();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    open.put(number, answer);
    try {
      if (end == null) {
        send(number, request);
      } else {
        failAll(); // the reader may have gone before it could see this question
      }
      return answer(answer, most);
    } finally {
      open.remove(number);
    }
  }

  private synchronized void send(int number, Request request) {
    try {
      Wire.send(process.getOutputStream(), number, out -> Request.write(request, out));
    } catch (IOException e) {
      LOG.debug("process {} is gone; the reader will tell how", process.pid(), e);
    }
  }

  private Answer answer(CompletableFuture<Answer> future, Duration most)
      throws ProcessDiedException {
    try {
      Answer answer = within(most, future);
      if (answer instanceof Answer.Refused refused) {
        throw refused.exception();
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a picture was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProcessDiedException died) {
        throw died;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Answer within(Duration most, CompletableFuture<Answer> future)
      throws InterruptedException, ExecutionException {
    try {
      return future.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("process {} has not answered for {} and is ended", process.pid(), most);
      ended =
          new ProcessEnd(ProcessEnd.Kind.HUNG, "no answer for " + most.toSeconds() + " seconds");
      process.destroyForcibly();
      return future.get(); // the reader sees its end
    }
  }

  private void read() {
    try (InputStream answers = new BufferedInputStream(process.getInputStream())) {
      while (true) {
        Wire.Message message = Wire.receive(answers);
        Answer answer = Answer.read(message.content());
        CompletableFuture<Answer> asked = open.get(message.number());
        if (asked != null) {
          asked.complete(answer);
        }
      }
    } catch (StreamCorruptedException | RuntimeException e) { // its memory is in disorder
      LOG.warn("process {} gives an answer that makes no sense and is ended", process.pid(), e);
      ended = new ProcessEnd(ProcessEnd.Kind.CRASHED, "an answer that makes no sense");
    } catch (IOException e) {
      LOG.debug("process {} has ended", process.pid(), e);
    }
    int code = process.destroyForcibly().onExit().join().exitValue();
    ProcessEnd byUs = ended;
    end = byUs != null ? byUs : ProcessEnd.of(code, crashLog);
    failAll();
  }

  private void failAll() {
    ProcessEnd how = end;
    if (how != null) {
      open.values().forEach(asked -> asked.completeExceptionally(new ProcessDiedException(how)));
    }
  }

  /** Ends it, and returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
