package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A command that ran in this process.
 *
 * @param code exit code
 * @param out all of standard output
 * @param err all of standard error
 */
record Ran(int code, String out, String err) {
  static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Cli.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Ran(code, out.toString(), err.toString());
  }

  /** Standard output, which must be one line with one JSON object. */
  JsonNode json() {
    assertThat(err).isEmpty();
    assertThat(out.lines()).hasSize(1);
    try {
      JsonNode tree = new ObjectMapper().readTree(out);
      assertThat(tree.isObject()).isTrue();
      return tree;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
