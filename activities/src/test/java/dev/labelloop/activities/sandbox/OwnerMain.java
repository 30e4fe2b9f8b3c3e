package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.ModelFiles;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A worker that waits for a picture process for ever; prints that process's number. */
public final class OwnerMain {
  private OwnerMain() {}

  public static void main(String[] args) throws InterruptedException {
    Sandbox sandbox = new Sandbox(new Launch(Path.of(args[0]), 1, PoisonMain.class));
    sandbox.load(new ModelFiles(Path.of("/fake/weights"), Path.of("/fake/model.json")));
    Thread busy = new Thread(() -> sandbox.check(Path.of(args[1]), "hang.png", () -> {}));
    busy.start();
    TimeUnit.MILLISECONDS.sleep(300); // so that it is in the middle of the picture
    System.out.println(sandbox.pid().orElseThrow());
    busy.join();
  }
}
