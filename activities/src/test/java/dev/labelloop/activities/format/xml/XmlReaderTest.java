package dev.labelloop.activities.format.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.labelloop.activities.format.Problems;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class XmlReaderTest {
  @TempDir Path folder;

  private final List<String> texts = new ArrayList<>();

  @Test
  void handsOverTheTextsOfTheElementsAskedFor() throws Exception {
    read("<r><!-- c --><t>a<b>no</b> &amp; &#x42;</t><other><t>deep</t></other><t> x </t></r>");
    assertThat(texts).containsExactly("ano & B", "x");
  }

  @Test
  void readsNoFileThatAnEntityNames() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
    assertDoctypeRefused(
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><r><t>&x;</t></r>");
    assertThat(texts).isEmpty();
  }

  @Test
  void asksNoServerForADeclaration() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/r.dtd";
      assertDoctypeRefused("<!DOCTYPE r SYSTEM \"" + url + "\"><r/>");
      assertDoctypeRefused(
          "<!DOCTYPE r [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]><r><t>&x;</t></r>");
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @Timeout(10)
  void letsNoEntityGrow() throws Exception {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE r [<!ENTITY l0 \"lol\">");
    for (int i = 1; i <= 30; i++) {
      laughs.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
    }
    assertDoctypeRefused(laughs + "]><r><t>&l30;</t></r>");
  }

  @Test
  @Timeout(60)
  void bearsAMillionElementsInEachOther() throws Exception {
    int deep = 1_000_000;
    read("<r><o>" + "<a>".repeat(deep) + "</a>".repeat(deep) + "</o><t>x</t></r>");
    assertThat(texts).containsExactly("x");
  }

  @Test
  void namesWhatIsNoXml() throws Exception {
    assertRefused("", "a.xml is no XML that is read here, or cut off, at line 1");
    assertRefused("<r><t>x</t>\n", "at line 2");
    assertRefused("<r><t>&x;</t></r>", "\"x\" was referenced, but not declared");
    assertRefused("<r/><r/>", "at line 1");
    assertRefused("<q/>", "a.xml line 1: <q> should be <r>");
    assertRefused("<r><t>" + "x".repeat(20_000) + "</t></r>", "longer than 10000 characters");
    Files.write(folder.resolve("a.xml"), new byte[] {'<', 'r', '>', (byte) 0xff, '<', '/', 'r'});
    assertProblem("a.xml is no text in the encoding that it names");
  }

  @Test
  void readsBackWhatIsWritten() throws Exception {
    String odd = "a & <b> \"c\" 'd' ]]> 车 🚌 e\tf";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    XmlWriter xml = new XmlWriter(out);
    xml.start("r");
    xml.text("t", odd, "odd", odd + "\n");
    xml.end();
    xml.finish();
    Files.write(folder.resolve("a.xml"), out.toByteArray());
    List<String> attributes = new ArrayList<>();
    XmlReader.read(
        folder.resolve("a.xml"),
        "",
        new Problems(folder),
        "r",
        reader ->
            reader.children(
                element -> {
                  attributes.add(reader.attribute("odd"));
                  texts.add(reader.text());
                }));
    assertThat(texts).containsExactly(odd);
    assertThat(attributes).containsExactly(odd + "\n");
    assertThatThrownBy(() -> xml.text("t", "x\u0000"))
        .hasMessageContaining("U+0000, which XML cannot hold: rename it");
    assertThatThrownBy(() -> xml.text("t", "\ud800")).hasMessageContaining("U+D800");
  }

  private void assertDoctypeRefused(String text) throws Exception {
    assertRefused(text, "it has a document type declaration (<!DOCTYPE>): take it out");
  }

  private void assertRefused(String text, String problem) throws Exception {
    Files.write(folder.resolve("a.xml"), text.getBytes(StandardCharsets.UTF_8));
    assertProblem(problem);
  }

  private void assertProblem(String problem) {
    Problems problems = new Problems(folder);
    read(problems);
    assertThatThrownBy(problems::throwIfAny).hasMessageContaining(problem);
  }

  private void read(String text) throws Exception {
    Files.writeString(folder.resolve("a.xml"), text);
    Problems problems = new Problems(folder);
    read(problems);
    problems.throwIfAny();
  }

  private void read(Problems problems) {
    XmlReader.read(
        folder.resolve("a.xml"),
        "a.xml",
        problems,
        "r",
        xml ->
            xml.children(
                element -> {
                  if (element.equals("t")) {
                    texts.add(xml.text());
                  }
                }));
  }
}
