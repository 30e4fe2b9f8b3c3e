package dev.labelloop.activities.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureProcessTest {
  private static final Request.Check CHECK = new Request.Check(Path.of("/images"), "a.png");

  @TempDir private Path folder;

  @Test
  void anErrorOfTheReaderLeavesNobodyWaiting() {
    Stub stub = new Stub(new Failing(), CompletableFuture.completedFuture(137));
    PictureProcess process = process(stub, Duration.ofMinutes(2));

    var asked = ask(process);
    stub.failing().fail.countDown();

    assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(ProcessDiedException.class)
        .hasRootCauseMessage("the process that reads pictures ended: signal 9");
    assertThat(process.isOver()).isTrue();
  }

  @Test
  void nobodyWaitsForAProcessThatNoSignalEnds() throws IOException {
    InputStream silent = new PipedInputStream(new PipedOutputStream());
    PictureProcess process =
        process(new Stub(silent, new CompletableFuture<>()), Duration.ofMillis(1));

    assertThatThrownBy(() -> ask(process).get(30, TimeUnit.SECONDS))
        .hasMessageContaining("cannot read image /images/a.png: the storage has not answered");
    assertThat(process.isOver()).isTrue();
  }

  private PictureProcess process(Stub stub, Duration patience) {
    return new PictureProcess(stub, new Launch(folder, 1), patience);
  }

  private static CompletableFuture<Answer> ask(PictureProcess process) {
    CompletableFuture<Answer> asked = new CompletableFuture<>();
    Thread asker =
        new Thread(
            () -> {
              try {
                asked.complete(process.ask(CHECK, () -> {}));
              } catch (ProcessDiedException | RuntimeException e) {
                asked.completeExceptionally(e);
              }
            });
    asker.setDaemon(true);
    asker.start();
    return asked;
  }

  /** Has no memory for an answer. */
  private static final class Failing extends InputStream {
    private final CountDownLatch fail = new CountDownLatch(1);

    @Override
    public int read() {
      try {
        fail.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      throw new OutOfMemoryError("as a test");
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      return read();
    }
  }

  /** A process that says what it is given and ends when it is told. */
  private static final class Stub extends Process {
    private final InputStream says;
    private final CompletableFuture<Integer> code;

    Stub(InputStream says, CompletableFuture<Integer> code) {
      this.says = says;
      this.code = code;
    }

    Failing failing() {
      return (Failing) says;
    }

    @Override
    public long pid() {
      return 0;
    }

    @Override
    public boolean isAlive() {
      return !code.isDone();
    }

    @Override
    public CompletableFuture<Process> onExit() {
      return code.thenApply(unused -> this);
    }

    @Override
    public int exitValue() {
      return code.join();
    }

    @Override
    public int waitFor() {
      return code.join();
    }

    @Override
    public void destroy() {}

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return says;
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }
  }
}
