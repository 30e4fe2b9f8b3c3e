package dev.labelloop.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells other processes where a home's web server is, by a file in the home. */
public final class WebAddress {
  private static final Logger LOG = LoggerFactory.getLogger(WebAddress.class);

  private final Path file;

  public WebAddress(Path home) {
    file = home.resolve("address");
  }

  /**
   * Tells it.
   *
   * @throws BadInputException if the file cannot be written
   */
  public void tell(String url) {
    try {
      Files.writeString(file, url + "\n");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The last that was told; a server that was killed took nothing back. */
  public Optional<String> find() {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Takes it back: no server is there any more. One that cannot be taken back is overwritten. */
  public void takeBack() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} stays although nothing is served there any more", file, e);
    }
  }

  private BadInputException unusable(IOException e) {
    return new BadInputException(
        "file " + file + " cannot be used (" + e + "): make it yours, or take it away");
  }
}
