package dev.labelloop.activities.format.xml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML in UTF-8, an element a line; names of elements are the caller's, values are data. */
public final class XmlWriter {
  private final Writer out;
  private final Deque<String> open = new ArrayDeque<>();

  /** A document that has its first line. */
  public XmlWriter(OutputStream out) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  }

  /** Begins an element; {@code attributes} are names and values in turn. */
  public void start(String element, String... attributes) throws IOException {
    indent();
    out.write('<' + element);
    attributes(attributes);
    out.write(">\n");
    open.push(element);
  }

  /** Ends the element begun last. */
  public void end() throws IOException {
    String element = open.pop();
    indent();
    out.write("</" + element + ">\n");
  }

  /** An element that holds a text. */
  public void text(String element, String text, String... attributes) throws IOException {
    indent();
    out.write('<' + element);
    attributes(attributes);
    out.write('>');
    escape(text);
    out.write("</" + element + ">\n");
  }

  /** Hands on what is written; the stream stays open. */
  public void finish() throws IOException {
    out.flush();
  }

  private void attributes(String... attributes) throws IOException {
    for (int i = 0; i < attributes.length; i += 2) {
      out.write(' ' + attributes[i] + "=\"");
      escape(attributes[i + 1]);
      out.write('"');
    }
  }

  private void indent() throws IOException {
    out.write("  ".repeat(open.size()));
  }

  private void escape(String text) throws IOException {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\n', '\r', '\t' -> out.write("&#" + c + ";"); // else read back as spaces
        default -> out.write(Character.toChars(allowed(c, text)));
      }
      i += Character.charCount(c);
    }
  }

  private static int allowed(int c, String text) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    if (c < ' ' || surrogate || c == 0xFFFE || c == 0xFFFF) {
      throw new IllegalArgumentException(
          String.format(
              "'%s' holds the character U+%04X, which XML cannot hold: rename it", text, c));
    }
    return c;
  }
}
