package dev.labelloop.activities.format.xml;

import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.Problems;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an XML file of labels from its start to its end, element by element.
 *
 * <p>The file may be of anybody: one with a document type declaration is refused, so that no entity
 * can grow or reach another file or a server. What is not asked for is passed over, however deep.
 */
public final class XmlReader {
  /** More than any name or number has; a text of this length is no label. */
  private static final int LONGEST_TEXT = 10_000;

  private final XMLStreamReader xml;
  private final String name;
  private final Problems problems;
  private int depth;

  private XmlReader(XMLStreamReader xml, String name, Problems problems) {
    this.xml = xml;
    this.name = name;
    this.problems = problems;
  }

  /** Takes an element; what it leaves of the element is passed over. */
  public interface Elements {
    void element(String element) throws XMLStreamException;
  }

  /** Reads what is in the root element. */
  public interface Content {
    void read(XmlReader xml) throws XMLStreamException;
  }

  /**
   * Reads a file.
   *
   * @param name of the file in messages; empty where the faults are all of this file
   * @param root name of the root element
   * @param content called at the root element
   * @return whether it is well-formed to its end; if not, that is noted
   * @throws UncheckedIOException if it cannot be read for a reason that may pass
   */
  public static boolean read(
      Path file, String name, Problems problems, String root, Content content) {
    String prefix = name.isEmpty() ? "" : name + " ";
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        Reader text = XmlEncoding.reader(in)) {
      new XmlReader(factory().createXMLStreamReader(text), prefix, problems).all(root, content);
      return true;
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof CharacterCodingException) {
        problems.add(prefix + "is no text in the encoding that it names: write it anew in UTF-8");
      } else if (e.getNestedException() instanceof IOException io) {
        throw new UncheckedIOException("cannot read " + file, io);
      } else {
        problems.add(prefix + "is no XML that is read here, or cut off, " + reason(e));
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  /** The parser's own message comes with a heading and its place in brackets. */
  private static String reason(XMLStreamException e) {
    String text = String.valueOf(e.getMessage());
    int at = text.indexOf("Message: ");
    if (e.getLocation() == null) {
      return "because " + text;
    }
    return "at line "
        + e.getLocation().getLineNumber()
        + ", column "
        + e.getLocation().getColumnNumber()
        + ": "
        + (at < 0 ? text : text.substring(at + "Message: ".length()));
  }

  private void all(String root, Content content) throws XMLStreamException {
    while (next() != XMLStreamConstants.START_ELEMENT) {
      // comments and the like come before the root
    }
    if (xml.getLocalName().equals(root)) {
      content.read(this);
    } else {
      problems.add(at() + ": <" + xml.getLocalName() + "> should be <" + root + ">");
    }
    while (xml.hasNext()) {
      next();
    }
  }

  /** Hands over each element that lies directly in the current one, up to its end. */
  public void children(Elements elements) throws XMLStreamException {
    int inside = depth;
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        elements.element(xml.getLocalName());
        while (depth > inside) {
          next();
        }
      } else if (depth < inside) {
        return;
      }
    }
  }

  /** The text of the current element, up to its end, without space around it. */
  public String text() throws XMLStreamException {
    int inside = depth;
    StringBuilder text = new StringBuilder();
    while (depth >= inside) {
      int event = next();
      if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        if (text.length() + xml.getTextLength() > LONGEST_TEXT) {
          throw new XMLStreamException(
              "a text is longer than " + LONGEST_TEXT + " characters", xml.getLocation());
        }
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
      }
    }
    return text.toString().strip();
  }

  /** A number of the current element's text; null, and noted, for any other text. */
  public @Nullable Double number(String element) throws XMLStreamException {
    String at = at();
    return number(at, "<" + element + ">", text());
  }

  /** An attribute of the current element; null if it has none. */
  public @Nullable String attribute(String attribute) {
    return xml.getAttributeValue(null, attribute);
  }

  /** A number of the current element's attribute; null, and noted, for any other or none. */
  public @Nullable Double numberAttribute(String attribute) {
    return number(at(), attribute, attribute(attribute));
  }

  /** A whole number of the current element's text; null, and noted, for any other text. */
  public @Nullable Long whole(String element) throws XMLStreamException {
    String at = at();
    return whole(at, "<" + element + ">", text());
  }

  /** A whole number of the current element's attribute; null, and noted, for any other or none. */
  public @Nullable Long wholeAttribute(String attribute) {
    return whole(at(), attribute, attribute(attribute));
  }

  private @Nullable Long whole(String at, String what, @Nullable String text) {
    Long value = text == null ? null : Numbers.whole(text).orElse(null);
    if (value == null) {
      problems.add(at + ": " + what + shown(text) + ": write a whole number");
    }
    return value;
  }

  private @Nullable Double number(String at, String what, @Nullable String text) {
    Double value = text == null ? null : Numbers.decimal(text).orElse(null);
    if (value == null) {
      problems.add(at + ": " + what + shown(text) + ": write a number");
    }
    return value;
  }

  private static String shown(@Nullable String text) {
    return text == null ? " is missing" : " is '" + text + "'";
  }

  /** Where the reader is, for messages. */
  public String at() {
    return name + "line " + xml.getLocation().getLineNumber();
  }

  private int next() throws XMLStreamException {
    int event = xml.next();
    if (event == XMLStreamConstants.DTD) {
      throw new XMLStreamException(
          "it has a document type declaration (<!DOCTYPE>): take it out", xml.getLocation());
    }
    if (event == XMLStreamConstants.START_ELEMENT) {
      depth++;
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    return event;
  }
}
