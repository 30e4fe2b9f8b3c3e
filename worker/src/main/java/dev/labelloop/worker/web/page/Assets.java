package dev.labelloop.worker.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The program's own files for browsers, by name; read once, as they do not change while it runs.
 */
final class Assets {
  private static final String FOLDER = "/dev/labelloop/worker/page/";

  /**
   * No segment begins with a dot: nothing above the folder can be named; nor is a folder a file.
   */
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9][A-Za-z0-9._-]*/)*[a-z0-9][A-Za-z0-9._-]*[.]([a-z]+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  /** What others have made, by our names for it: the charts. */
  private static final Map<String, String> LIBRARIES =
      Map.of("lib/uplot.js", "dist/uPlot.esm.js", "lib/uplot.css", "dist/uPlot.min.css");

  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  /**
   * A file with what HTTP says of it.
   *
   * @param tag of the content, in quotes
   */
  record Asset(byte[] bytes, String type, String tag) {}

  /** Such as {@code js/api.js}; empty if there is none, or none that may be served. */
  Optional<Asset> named(String name) {
    Matcher matcher = NAME.matcher(name);
    String type = matcher.matches() ? TYPES.get(matcher.group(2)) : null;
    if (type == null) {
      return Optional.empty(); // not remembered: strangers can think of any number of names
    }
    return Optional.ofNullable(known.computeIfAbsent(name, n -> load(n, type)));
  }

  private static @Nullable Asset load(String name, String type) {
    byte[] bytes = read(place(name));
    return bytes == null ? null : new Asset(bytes, type, tag(bytes));
  }

  private static String place(String name) {
    String file = LIBRARIES.get(name);
    return file == null ? FOLDER + name : library() + file;
  }

  /** Where uPlot's WebJar lies, whichever version the build has chosen. */
  private static String library() {
    Properties properties = new Properties();
    try (InputStream in =
        Assets.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the version of uPlot cannot be read", e);
    }
    return "/META-INF/resources/webjars/uplot/" + properties.getProperty("version") + "/";
  }

  private static byte @Nullable [] read(String place) {
    try (InputStream in = Assets.class.getResourceAsStream(place)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own file " + place + " cannot be read", e);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
