package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.image.ImageRejectedException;

/**
 * A picture ended, time after time, the process that was alone with it; it must never be opened in
 * this one.
 */
public final class CrashingImageException extends ImageRejectedException {
  CrashingImageException(String reason) {
    super(reason);
  }
}
