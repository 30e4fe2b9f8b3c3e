package dev.labelloop.activities.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/**
 * Messages between a worker and its picture process.
 *
 * <p>A message is its length, a number that pairs question and answer, and the content. Both ends
 * are the same program, so there are no versions.
 */
final class Wire {
  /** The number of the first answer, which nobody asked for: that the process is up. */
  static final int UP = 0;

  /** Hundred thousands of boxes; what claims to be longer is not ours. */
  private static final int LONGEST = 64 << 20;

  private Wire() {}

  /** Puts a message's content. */
  interface Content {
    void writeTo(DataOutput out) throws IOException;
  }

  /** A received message. */
  record Message(int number, DataInputStream content) {}

  /** Sends a message whole. */
  static void send(OutputStream to, int number, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0); // the length, known at the end
    out.writeInt(number);
    content.writeTo(out);
    byte[] message = bytes.toByteArray();
    int length = message.length - Integer.BYTES;
    for (int i = 0; i < Integer.BYTES; i++) {
      message[i] = (byte) (length >>> (24 - 8 * i));
    }
    to.write(message);
    to.flush();
  }

  /**
   * Waits for the next message.
   *
   * @throws EOFException if the other end is gone
   * @throws StreamCorruptedException if it is no message
   */
  static Message receive(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    int length = in.readInt();
    if (length < Integer.BYTES || length > LONGEST) {
      throw new StreamCorruptedException("a message cannot have " + length + " bytes");
    }
    byte[] message = new byte[length];
    in.readFully(message);
    DataInputStream content = new DataInputStream(new ByteArrayInputStream(message));
    return new Message(content.readInt(), content);
  }

  static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[readCount(in, Byte.BYTES)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Reads how many things follow.
   *
   * @param size of one, bytes
   * @throws StreamCorruptedException if what remains of the message cannot hold them
   */
  static int readCount(DataInputStream in, int size) throws IOException {
    int count = in.readInt();
    int left = in.available(); // exact, for the message lies in memory
    if (count < 0 || count > left / size) {
      throw new StreamCorruptedException(
          "the last " + left + " bytes of a message cannot hold " + count + " of " + size);
    }
    return count;
  }
}
