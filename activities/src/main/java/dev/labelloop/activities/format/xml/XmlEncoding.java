package dev.labelloop.activities.format.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * Finds out in which encoding an XML file is and reads it strictly. The parser could do so, but
 * prints to the console what it cannot decode.
 */
final class XmlEncoding {
  /** Room for {@code <?xml version="1.0" encoding="..." standalone="yes"?>}. */
  private static final int HEAD = 200;

  private static final Pattern DECLARATION =
      Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");

  private XmlEncoding() {}

  /** The text of a stream that can be marked; reading fails where the bytes are none. */
  static Reader reader(InputStream in) throws IOException, XMLStreamException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    Charset charset = charset(head);
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      in.skipNBytes(3); // the mark of the byte order is no text
    }
    return new InputStreamReader(in, charset.newDecoder());
  }

  private static Charset charset(byte[] head) throws XMLStreamException {
    if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16;
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARATION.matcher(text);
    if (!declared.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declared.group(1));
    } catch (IllegalArgumentException e) {
      throw new XMLStreamException("its encoding '" + declared.group(1) + "' is not known", e);
    }
  }

  private static boolean startsWith(byte[] head, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (head.length <= i || (head[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
