package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.core.ImageId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work in a process of its own, so that a picture that crashes native code costs that
 * process and not the worker; see docs/adr/0004-pictures-process.md.
 *
 * <p>The process is started when it is first needed, and again after it ended. Many checks may be
 * under way at once; when the process dies, each of their files is suspect and is tried again
 * alone. A prediction is always alone. A file that storage does not yield in time is nobody's fault
 * and fails the attempt. What {@link Suspicion} proves harmful is refused by a {@link
 * CrashingImageException}, which only this implementation throws.
 */
public final class Sandbox implements PictureWork {
  /**
   * For one file, its picture, one model or one start. The largest allowed picture and the largest
   * network take seconds on a slow core; a minute more is for a machine that swaps or stands still.
   * With the end of the process shorter than the longest silence of {@link
   * dev.labelloop.activities.heartbeat.Heartbeat}, which hears of each wait.
   */
  public static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /** Once more, for a machine that was short of memory for a moment. */
  private static final int STARTS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

  private final Launch launch;
  private final Duration patience;

  /** Read: in company. Write: alone. Fair, so that the suspects' turn comes. */
  private final ReadWriteLock company = new ReentrantReadWriteLock(true);

  private @Nullable PictureProcess current;
  private boolean closed;

  public Sandbox(Launch launch) {
    this(launch, LONGEST_WAIT);
  }

  /** As the other, with less patience with a picture. */
  Sandbox(Launch launch, Duration patience) {
    this.launch = launch;
    this.patience = patience;
  }

  @Override
  public Picture check(Path folder, String path, Runnable step) {
    Request.OfFile request = new Request.Check(folder, path);
    Answer answer = inCompany(request, step).orElseGet(() -> alone(null, request, step));
    return ((Answer.Checked) answer).picture();
  }

  @Override
  public void load(ModelFiles model) {
    ready(model, () -> {});
  }

  @Override
  public Inference predict(
      ModelFiles model, Path folder, ImageId image, String path, Runnable step) {
    Request.OfFile request = new Request.Predict(model, folder, image, path);
    return ((Answer.Predicted) alone(model, request, step)).inference();
  }

  /** The answer; nothing if the process died, by this or another picture. */
  private Optional<Answer> inCompany(Request.OfFile request, Runnable step) {
    Lock shared = company.readLock();
    shared.lock();
    try {
      PictureProcess process = ready(null, step);
      step.run();
      return Optional.of(process.ask(request, step));
    } catch (ProcessDiedException e) {
      LOG.warn("{}; its pictures are tried again one by one", e.getMessage());
      return Optional.empty();
    } finally {
      shared.unlock();
    }
  }

  private Answer alone(@Nullable ModelFiles model, Request.OfFile request, Runnable step) {
    Lock alone = company.writeLock();
    alone.lock();
    try {
      Suspicion suspicion = new Suspicion(request.path());
      while (true) {
        PictureProcess process = ready(model, step);
        step.run();
        try {
          return process.ask(request, step);
        } catch (ProcessDiedException e) {
          LOG.warn("{}; it was alone with {}", e.getMessage(), request.path());
          suspicion
              .add(e.end())
              .ifPresent(
                  reason -> {
                    throw new CrashingImageException(reason);
                  });
        }
      }
    } finally {
      alone.unlock();
    }
  }

  /** A process that is up and has the model: no picture is to blame for what happens here. */
  private PictureProcess ready(@Nullable ModelFiles model, Runnable step) {
    for (int left = STARTS - 1; ; left--) {
      try {
        PictureProcess process = running();
        step.run();
        process.awaitUp();
        if (model != null && !process.has(model)) {
          step.run();
          process.load(model);
        }
        return process;
      } catch (ProcessDiedException e) {
        if (left == 0) {
          throw new IllegalStateException(
              e.getMessage()
                  + "; it had not begun with a picture. Is there memory left, and was the program"
                  + " replaced while this worker ran? What it printed is in pictures.log",
              e);
        }
      }
    }
  }

  private synchronized PictureProcess running() {
    if (closed) {
      throw new IllegalStateException("no picture is read any more, this worker is ending");
    }
    PictureProcess process = current;
    if (process == null || process.isOver()) {
      process = new PictureProcess(launch, patience);
      current = process;
    }
    return process;
  }

  /** The number of the process, if one runs. */
  synchronized Optional<Long> pid() {
    PictureProcess process = current;
    return process == null || process.isOver() ? Optional.empty() : Optional.of(process.pid());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.close();
    }
  }
}
