package dev.labelloop.activities.evaluation.coco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads a COCO file token by token, and says where it went wrong. */
final class CocoJson implements Closeable {
  private static final int LONGEST_VALUE_SHOWN = 60;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to refuse NaN in our own words
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER) // correctly rounded all the same
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // "(File)", as errors call it
          .build();

  private final Path file;
  private final JsonParser parser;

  /** Where the parser is: a list's name, or nothing in a file that is itself a list. */
  private String list = "";

  private int entry = -1;

  private CocoJson(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Reads a whole file through {@code reader}. */
  static <T> T read(Path file, Reader<T> reader) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidCocoException(file, "there is no such file; give the path of a COCO file");
    }
    try (CocoJson json = new CocoJson(file, FACTORY.createParser(file.toFile()))) {
      json.parser.nextToken();
      T result = reader.read(json);
      if (json.parser.nextToken() != null) {
        throw json.invalid("something follows after the end; a file holds one JSON value");
      }
      return result;
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new InvalidCocoException(
          file, "not JSON, or cut off," + place + ": " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new InvalidCocoException(file, "not text in UTF-8: " + e.getMessage(), e);
    }
  }

  /** Takes a file apart. */
  interface Reader<T> {
    T read(CocoJson json) throws IOException;
  }

  /** Takes the entries of a list apart, one after the other. */
  interface EntryReader {
    /** Reads or skips the value of a field, at which the parser stands. */
    void field(String name) throws IOException;

    /** Takes the entry whose fields were read; the required ones were all there. */
    void end();
  }

  boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean atArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Steps to the next field's value and gives its name; null at the object's end. */
  @Nullable String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  /** Reads a list of objects that have at least the required fields. */
  void eachEntry(String name, List<String> required, EntryReader reader) throws IOException {
    list = name;
    if (!atArray()) {
      throw invalid(name + " is not a list: " + shown() + "; write [ ... ]");
    }
    for (entry = 0; parser.nextToken() != JsonToken.END_ARRAY; entry++) {
      if (!atObject()) {
        throw invalid(where("") + " is not an object: " + shown() + "; write { ... }");
      }
      readFields(required, reader);
      reader.end();
    }
    entry = -1;
  }

  private void readFields(List<String> required, EntryReader reader) throws IOException {
    int missing = (1 << required.size()) - 1;
    for (String name = nextField(); name != null; name = nextField()) {
      int place = required.indexOf(name);
      if (place >= 0) {
        missing &= ~(1 << place);
      }
      reader.field(name);
    }
    if (missing != 0) {
      throw missing(required.get(Integer.numberOfTrailingZeros(missing)));
    }
  }

  /** A whole number; 3.0 counts, as it does in Python. */
  long integer(String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        return parser.getLongValue();
      } catch (InputCoercionException e) {
        throw refused(field, "an id has 64 bits; write a smaller number");
      }
    }
    double value = number(field);
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw refused(field, "an id is a whole number");
    }
    return (long) value;
  }

  /** Takes the whole numbers of a list. */
  void eachInteger(String field, LongConsumer taker) throws IOException {
    if (!atArray()) {
      throw refused(field, "write a list of ids, [] if there are none");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      taker.accept(integer(field));
    }
  }

  /** 0 or 1, false or true. */
  boolean flag(String field) throws IOException {
    JsonToken token = parser.currentToken();
    return token.isBoolean() ? token == JsonToken.VALUE_TRUE : number(field) != 0;
  }

  /** A finite number. */
  double number(String field) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw refused(field, "write a number");
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw refused(field, "write a finite number");
    }
    return value;
  }

  /** A finite number that is not negative. */
  double size(String field) throws IOException {
    double value = number(field);
    if (value < 0) {
      throw refused(field, "a size is not negative; write 0 or more");
    }
    return value;
  }

  String text(String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw refused(field, "write a text");
    }
    return parser.getText();
  }

  /** A box as [x, y, width, height] in pixels. */
  void box(double[] xywh) throws IOException {
    String mend = "a box is [x, y, width, height] in pixels";
    if (!atArray()) {
      throw refused("bbox", mend);
    }
    for (int i = 0; i < 4; i++) {
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        throw invalid(where("bbox") + " has only " + i + " numbers; " + mend);
      }
      xywh[i] = i < 2 ? number("bbox") : size("bbox");
    }
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw invalid(where("bbox") + " has more than 4 numbers; " + mend);
    }
    double end = Math.max(xywh[0] + xywh[2], xywh[1] + xywh[3]);
    double area = xywh[2] * xywh[3];
    if (!Double.isFinite(end) || !Double.isFinite(area)) {
      throw invalid(where("bbox") + " is too large to compute with; " + mend);
    }
    if (area == 0 && xywh[2] > 0 && xywh[3] > 0) { // else 0 / 0, an overlap that is NaN
      throw invalid(where("bbox") + " is too small to compute with; " + mend);
    }
  }

  InvalidCocoException missing(String field) {
    return invalid(where(field) + " is missing; add it");
  }

  InvalidCocoException refused(String field, String mend) throws IOException {
    return invalid(where(field) + " = " + shown() + ": " + mend);
  }

  InvalidCocoException refused(String field, long value, String mend) {
    return invalid(where(field) + " = " + value + ": " + mend);
  }

  InvalidCocoException invalid(String problem) {
    return new InvalidCocoException(file, problem);
  }

  private String where(String field) {
    String place = entry < 0 ? list : list + "[" + entry + "]";
    return field.isEmpty() ? place : place.isEmpty() ? field : place + "." + field;
  }

  private String shown() throws IOException {
    String text = atObject() ? "{...}" : atArray() ? "[...]" : parser.getText();
    String start =
        text.length() <= LONGEST_VALUE_SHOWN
            ? text
            : text.substring(0, LONGEST_VALUE_SHOWN) + "...";
    return parser.currentToken() == JsonToken.VALUE_STRING ? '"' + start + '"' : start;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
