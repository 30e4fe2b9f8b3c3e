package dev.labelloop.activities.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Stores;
import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.PerceptualHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  @Test
  void questionsArriveAsTheyWereAsked() throws IOException {
    ModelFiles model = new ModelFiles(Path.of("/m/w"), Path.of("/m/d"));
    for (Request request :
        new Request[] {
          new Request.Check(Path.of("/Bilder für uns"), "ä/😀.jpg"),
          new Request.Load(model),
          new Request.Predict(model, Path.of("/p"), Stores.image("a"), "a.jpg")
        }) {
      Wire.Message message = sent(7, out -> Request.write(request, out));
      assertThat(message.number()).isEqualTo(7);
      assertThat(Request.read(message.content())).isEqualTo(request);
    }
  }

  @Test
  void numbersArriveBitForBit() throws IOException {
    Inference inference = PoisonMain.found("a.jpg");

    Answer answer = answered(new Answer.Predicted(inference));

    Inference arrived = ((Answer.Predicted) answer).inference();
    assertThat(arrived.detections()).isEqualTo(inference.detections());
    assertThat(arrived.embedding()).isEqualTo(inference.embedding());
  }

  @Test
  void picturesAndSignsArrive() throws IOException {
    Answer checked =
        new Answer.Checked(new Picture(Stores.image("a"), 3, 4, new PerceptualHash(1, -2, 3, -4)));
    assertThat(answered(checked)).isEqualTo(checked);
    assertThat(answered(new Answer.Ready())).isEqualTo(new Answer.Ready());
    assertThat(answered(new Answer.Read())).isEqualTo(new Answer.Read());
  }

  @Test
  void refusalsAreWhatTheyWere() throws IOException {
    assertThat(refused(new ImageRejectedException("i")))
        .isExactlyInstanceOf(ImageRejectedException.class)
        .hasMessage("i");
    assertThat(refused(new InvalidModelException("m")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("m");
    assertThat(refused(new UncheckedIOException("r", new IOException())))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("r");
    assertThat(refused(new OutOfMemoryError("o")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.OutOfMemoryError: o");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello, this is a line of a library", "\0\0\0\2xx"})
  void whatIsNoMessageIsTold(String garbage) {
    byte[] bytes = garbage.getBytes(UTF_8);
    assertThatThrownBy(() -> Wire.receive(new ByteArrayInputStream(bytes)))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("a message cannot have");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
  void noLengthInsideGoesBeyondTheMessage(int wild) throws IOException {
    Wire.Content[] damaged = {
      out -> writeInts(out, 'x', wild), // a reason
      out -> writeInts(out, 'p', wild), // detections
      out -> writeInts(out, 'p', 0, wild) // numbers of an embedding
    };
    for (Wire.Content content : damaged) {
      Wire.Message message = sent(1, content);
      assertThatThrownBy(() -> Answer.read(message.content()))
          .isInstanceOf(StreamCorruptedException.class)
          .hasMessageMatching("the last 1 bytes of a message cannot hold " + wild + " of \\d+");
    }
  }

  /** A kind, the numbers and one more byte. */
  private static void writeInts(DataOutput out, char kind, int... numbers) throws IOException {
    out.writeByte(kind);
    for (int number : numbers) {
      out.writeInt(number);
    }
    out.writeByte(0);
  }

  @Test
  void theEndIsTheEnd() {
    assertThatThrownBy(() -> Wire.receive(new ByteArrayInputStream(new byte[0])))
        .isInstanceOf(EOFException.class);
  }

  private static RuntimeException refused(Throwable cause) throws IOException {
    return ((Answer.Refused) answered(Answer.Refused.of(cause))).exception();
  }

  private static Answer answered(Answer answer) throws IOException {
    return Answer.read(sent(1, out -> Answer.write(answer, out)).content());
  }

  private static Wire.Message sent(int number, Wire.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.send(bytes, number, content);
    return Wire.receive(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
