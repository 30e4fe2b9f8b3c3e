package dev.labelloop.activities.jdbc;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes PostgreSQL's binary COPY format: a signature, then for each row the number of columns and
 * for each column its length and value (PostgreSQL manual, COPY, "Binary Format").
 */
public final class CopyRows {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final int NO_FLAGS = 0;
  private static final int NO_EXTENSION = 0;
  private static final int END = -1;

  private final DataOutputStream out;

  CopyRows(OutputStream to) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
    out.write(SIGNATURE);
    out.writeInt(NO_FLAGS);
    out.writeInt(NO_EXTENSION);
  }

  /** One value of a row. */
  public interface Column {
    void write(DataOutputStream out) throws IOException;
  }

  /** A text value. */
  public static Column text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** An int value. */
  public static Column int4(int value) {
    return out -> {
      out.writeInt(Integer.BYTES);
      out.writeInt(value);
    };
  }

  /** A bigint value. */
  public static Column int8(long value) {
    return out -> {
      out.writeInt(Long.BYTES);
      out.writeLong(value);
    };
  }

  /** A real value. */
  public static Column float4(float value) {
    return out -> {
      out.writeInt(Float.BYTES);
      out.writeFloat(value);
    };
  }

  /** A boolean value. */
  public static Column bool(boolean value) {
    return out -> {
      out.writeInt(1);
      out.writeByte(value ? 1 : 0);
    };
  }

  /** A bytea value. */
  public static Column bytes(byte[] value) {
    return out -> {
      out.writeInt(value.length);
      out.write(value);
    };
  }

  /** A null. */
  public static Column none() {
    return out -> out.writeInt(END);
  }

  /** Writes one row. */
  public void row(Column... columns) {
    try {
      out.writeShort(columns.length);
      for (Column column : columns) {
        column.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("copy broke off", e);
    }
  }

  void end() throws IOException {
    out.writeShort(END);
    out.flush();
  }
}
