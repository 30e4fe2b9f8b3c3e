package dev.labelloop.activities.format.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.Problems;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a JSON file of labels from its start to its end. */
public final class JsonFile {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to name the box that holds NaN
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // "(File)", as errors call it
          .build()
          .reader();

  private JsonFile() {}

  /** Reads the one value of the file; called before its first token. */
  public interface Content {
    void read(JsonParser parser) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @param name of the file in messages; empty where the faults are all of this file
   * @param what it should be, for the message if there is none
   * @throws InvalidLabelsException at once if it is missing or no JSON
   * @throws UncheckedIOException if it cannot be read for a reason that may pass
   */
  public static void read(Path file, String name, String what, Problems problems, Content content) {
    String prefix = name.isEmpty() ? "" : name + " ";
    if (!Files.isRegularFile(file)) {
      problems.add(prefix + "there is no such file: give the path of " + what);
      problems.throwIfAny();
    }
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      content.read(parser);
    } catch (JsonProcessingException e) {
      throw problems.fatal(
          prefix
              + "is no JSON, or cut off, at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (CharConversionException e) {
      throw problems.fatal(prefix + "is no text in UTF-8: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The whole value that the parser stands at the start of. */
  public static JsonNode value(JsonParser parser) throws IOException {
    return JSON.readTree(parser);
  }
}
