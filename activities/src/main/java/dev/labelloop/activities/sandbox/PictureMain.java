package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.image.ImageDecoder;

/** The picture process; started by {@link Launch}, never by people. */
public final class PictureMain {
  private PictureMain() {}

  /** Serves the worker that started this process. */
  public static void main(String[] args) {
    PictureServer.serve(new InProcess(new ImageDecoder()));
  }
}
