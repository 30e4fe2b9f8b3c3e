package dev.labelloop.activities.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.FolderScan;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.prediction.Detection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes and real crashes. */
class SandboxTest {
  private static final ModelFiles FAKE =
      new ModelFiles(Path.of("/fake/weights"), Path.of("/fake/model.json"));

  @TempDir private Path folder;
  private final List<Sandbox> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Sandbox::close);
  }

  @Test
  void checksAsTheProcessItselfWould() throws Exception {
    Path images = images("a.png", "ü/b.png");
    Files.write(images.resolve("text.jpg"), "hello".getBytes(UTF_8));
    Sandbox sandbox = new Sandbox(new Launch(logs(), 1));
    open.add(sandbox);
    InProcess here = new InProcess(new ImageDecoder());

    assertThat(check(sandbox, images, "a.png")).isEqualTo(check(here, images, "a.png"));
    assertThat(check(sandbox, images, "ü/b.png")).isEqualTo(check(here, images, "ü/b.png"));
    assertThatThrownBy(() -> check(sandbox, images, "text.jpg"))
        .isExactlyInstanceOf(ImageRejectedException.class)
        .hasMessage(refusal(here, images, "text.jpg"));
    assertThatThrownBy(() -> check(sandbox, images, "none.jpg"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read image");
  }

  private static Picture check(PictureWork work, Path images, String path) {
    return work.check(images, path, () -> {});
  }

  private static String refusal(PictureWork work, Path images, String path) {
    try {
      return check(work, images, path).toString();
    } catch (ImageRejectedException e) {
      return e.getMessage();
    }
  }

  @Test
  void twoPoisonsAmongGoodFilesAreRefusedAtRegistrationAndNothingElse() throws Exception {
    Path images = images("0.png", "1.png", "2.png", "3.png", "4.png", "segv.png", "halt.png");
    FolderScan scan = new FolderScan(this::poisoned, 3);

    FolderScan.Result found = scan.scan(images, (done, of) -> {});

    assertThat(found.images())
        .extracting(StoredImage::path)
        .containsExactly("0.png", "1.png", "2.png", "3.png", "4.png");
    assertThat(found.quarantine())
        .extracting(FolderScan.Quarantined::path)
        .containsExactly("halt.png", "segv.png");
    assertThat(found.quarantine().get(0).reason())
        .startsWith("halt.png crashed the process that reads pictures twice (signal 6):");
    assertThat(found.quarantine().get(1).reason())
        .startsWith("segv.png crashed the process that reads pictures twice (SIGSEGV (0xb) in ")
        .contains(", see " + logs().resolve("pictures-crash-"));
    try (var files = Files.list(Path.of(""))) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.matches("core.*|hs_err.*"));
    }
  }

  @Test
  void afterACrashTheOthersArePredictedAsBefore() throws Exception {
    Sandbox sandbox = poisoned();
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());

    assertThatThrownBy(() -> look(sandbox, "segv")).isInstanceOf(CrashingImageException.class);
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
    assertThatThrownBy(() -> look(sandbox, "halt")).isInstanceOf(CrashingImageException.class);
    assertThat(look(sandbox, "bcd")).isEqualTo(PoisonMain.found("bcd").detections());
  }

  @Test
  void aKillFromOutsideConvictsNobody() throws Exception {
    Sandbox sandbox = poisoned();
    startedFor(sandbox);
    AtomicInteger steps = new AtomicInteger();
    var found = CompletableFuture.supplyAsync(() -> look(sandbox, "slow", steps));
    await(() -> steps.get() == 3); // start, file, picture; the model is there
    kill(sandbox.pid().orElseThrow());

    assertThat(found.get(30, TimeUnit.SECONDS)).isEqualTo(PoisonMain.found("slow").detections());
    assertThat(steps).hasValue(7); // and again with the model
  }

  @Test
  void onlyTheFifthKillAtTheSamePictureDoes() throws Exception {
    Sandbox sandbox = poisoned();
    AtomicInteger steps = new AtomicInteger();
    var found = CompletableFuture.supplyAsync(() -> look(sandbox, "hang", steps));
    for (int i = 1; i <= 5; i++) {
      int begun = 4 * i; // start, model, file, picture
      await(() -> steps.get() == begun);
      kill(sandbox.pid().orElseThrow());
    }

    assertThatThrownBy(() -> found.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CrashingImageException.class)
        .hasMessageContaining("was killed 5 times while it was alone with hang (signal 9");
  }

  @Test
  void aKilledProcessIsStartedAgain() throws Exception {
    Sandbox sandbox = poisoned();
    kill(startedFor(sandbox));
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
  }

  @Test
  void aHungDecoderIsEndedAndCountsAsACrash() throws Exception {
    Sandbox sandbox = poisoned(Duration.ofSeconds(3));
    AtomicInteger steps = new AtomicInteger();

    assertThatThrownBy(() -> look(sandbox, "hang", steps))
        .isInstanceOf(CrashingImageException.class)
        .hasMessageStartingWith(
            "hang hung the process that reads pictures twice (no answer for 3 seconds):");
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
    assertThat(steps).hasValue(8); // twice: start, model, file, picture
  }

  @Test
  void aStorageThatStandsStillConvictsNobody() throws Exception {
    Sandbox sandbox = poisoned(Duration.ofSeconds(2));
    AtomicInteger steps = new AtomicInteger();

    assertThatThrownBy(() -> look(sandbox, "stall", steps))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot read image " + folder.resolve("stall") + ": the storage")
        .hasMessageContaining("has not answered for 2 seconds");
    assertThat(steps).hasValue(3); // start, model, file; and no second try
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
  }

  @Test
  void nobodysBytesAreAwaitedForEverAtRegistration() throws Exception {
    Path images = images("a.png");
    Path pipe = images.resolve("pipe.png"); // to open it is to wait for a writer
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Sandbox sandbox = new Sandbox(new Launch(logs(), 1), Duration.ofSeconds(2));
    open.add(sandbox);

    assertThatThrownBy(() -> check(sandbox, images, "pipe.png"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(pipe + ": the storage has not answered for 2 seconds");
    assertThat(check(sandbox, images, "a.png").width()).isEqualTo(30);
  }

  @Test
  void anAnswerWithAWildLengthIsACrashAndHangsNobody() throws Exception {
    Sandbox sandbox = poisoned();
    var found = CompletableFuture.supplyAsync(() -> look(sandbox, "wild"));

    assertThatThrownBy(() -> found.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CrashingImageException.class)
        .hasMessageContaining("twice (an answer that makes no sense)");
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
  }

  @Test
  void whoeverEndsTheWorkAtAPictureTakesItAway() throws Exception {
    Sandbox sandbox = poisoned();
    long pid = startedFor(sandbox);
    AtomicInteger steps = new AtomicInteger();
    Runnable endAtThePicture =
        () -> {
          if (steps.incrementAndGet() == 3) {
            throw new IllegalStateException("enough");
          }
        };

    assertThatThrownBy(
            () -> sandbox.predict(FAKE, folder, Stores.image("hang"), "hang", endAtThePicture))
        .hasMessage("enough");
    assertThat(isAlive(pid)).isFalse();
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
  }

  @Test
  void whatLibrariesPrintDoesNoHarm() throws Exception {
    Sandbox sandbox = poisoned();

    assertThat(look(sandbox, "noisy")).isEqualTo(PoisonMain.found("noisy").detections());
    assertThat(Files.readString(logs().resolve("pictures.log")))
        .contains("a line of a Java library", "a line of a native library");
  }

  @Test
  void aBrokenModelIsTheModelsFault() throws Exception {
    Sandbox sandbox = poisoned();
    Path description = Files.writeString(folder.resolve("model.json"), "{");
    ModelFiles broken = new ModelFiles(folder.resolve("weights"), description);

    assertThatThrownBy(() -> look(sandbox, broken, "a"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.json is not JSON");
  }

  @Test
  void noPictureIsBlamedForAModelThatCrashes() throws Exception {
    Sandbox sandbox = poisoned();
    ModelFiles crashing = new ModelFiles(Path.of("/fake/halt"), Path.of("/fake/model.json"));

    assertThatThrownBy(() -> look(sandbox, crashing, "a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signal 6")
        .hasMessageContaining("had not begun with a picture");
    assertThat(look(sandbox, "a")).isEqualTo(PoisonMain.found("a").detections());
  }

  @Test
  void noPictureIsBlamedForAProcessThatDoesNotStart() throws Exception {
    Sandbox sandbox = new Sandbox(new Launch(logs(), 1, SandboxTest.class)); // it has no main
    open.add(sandbox);
    Path images = images("a.png");

    assertThatThrownBy(() -> check(sandbox, images, "a.png"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("pictures.log");
  }

  @Test
  void theProcessEndsWithItsOwner() throws Exception {
    Sandbox sandbox = poisoned();
    long pid = startedFor(sandbox);
    sandbox.close();
    assertThat(isAlive(pid)).isFalse();
    assertThatThrownBy(() -> look(sandbox, "a")).hasMessageContaining("this worker is ending");
  }

  @Test
  void whenItsOwnerIsKilledTheProcessIsGoneWithinASecond() throws Exception {
    Path images = images("hang.png");
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OwnerMain.class.getName(),
                logs().toString(),
                images.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid;
    try (BufferedReader said = owner.inputReader(UTF_8)) {
      pid = Long.parseLong(said.readLine());
      assertThat(isAlive(pid)).isTrue();
      owner.destroyForcibly().onExit().join();
    }
    long start = System.nanoTime();
    await(() -> !isAlive(pid));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private Sandbox poisoned() {
    return poisoned(Sandbox.LONGEST_WAIT);
  }

  private Sandbox poisoned(Duration patience) {
    Sandbox sandbox = new Sandbox(new Launch(logs(), 1, PoisonMain.class), patience);
    open.add(sandbox);
    return sandbox;
  }

  private Path logs() {
    return folder.resolve("logs").toAbsolutePath();
  }

  private Path images(String... paths) throws IOException {
    Path images = folder.resolve("images");
    for (int i = 0; i < paths.length; i++) {
      Path file = images.resolve(paths[i]);
      Files.createDirectories(file.getParent());
      Files.write(file, Pictures.file(Pictures.corners(30 + i, 20), "png"));
    }
    return images;
  }

  private List<Detection> look(Sandbox sandbox, String path) {
    return look(sandbox, FAKE, path);
  }

  private List<Detection> look(Sandbox sandbox, ModelFiles model, String path) {
    return sandbox.predict(model, folder, Stores.image(path), path, () -> {}).detections();
  }

  private List<Detection> look(Sandbox sandbox, String path, AtomicInteger steps) {
    return sandbox
        .predict(FAKE, folder, Stores.image(path), path, steps::incrementAndGet)
        .detections();
  }

  private long startedFor(Sandbox sandbox) {
    look(sandbox, "a");
    return sandbox.pid().orElseThrow();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** A zombie that nobody has waited for is dead all the same. */
  private static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 30 s").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
