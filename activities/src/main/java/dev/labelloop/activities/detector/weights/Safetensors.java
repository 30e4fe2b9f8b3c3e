package dev.labelloop.activities.detector.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes safetensors files that hold float32 tensors.
 *
 * <p>Layout: the length of a JSON header as a little-endian 64-bit number, the header, the data.
 * The header maps each name to {@code dtype}, {@code shape} and {@code data_offsets} (from the end
 * of the header); {@code __metadata__} holds free text. Source: the format's own description in the
 * huggingface/safetensors README.
 */
public final class Safetensors {
  /** The format's own limit for a header; a larger one is not a safetensors file. */
  private static final long MAX_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = Long.BYTES;
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Safetensors() {}

  /**
   * Reads every tensor of a file, in name order.
   *
   * @throws InvalidModelException if the file is missing, cut off, or holds other than float32
   */
  public static SortedMap<String, Tensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      Header header = header(file, channel, size);
      long dataStart = dataStart(file, header, size);
      SortedMap<String, Tensor> tensors = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : header.json.properties()) {
        if (!entry.getKey().equals(METADATA)) {
          tensors.put(
              entry.getKey(), tensor(file, channel, dataStart, entry.getKey(), entry.getValue()));
        }
      }
      return tensors;
    } catch (NoSuchFileException e) {
      throw new InvalidModelException(
          "weights file " + file + " does not exist: name a .safetensors file", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read weights file " + file, e);
    }
  }

  /**
   * Reads a file's free text, by key; empty if it has none.
   *
   * @throws InvalidModelException if the file is missing or cut off
   */
  public static SortedMap<String, String> metadata(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SortedMap<String, String> text = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry :
          header(file, channel, channel.size()).json.path(METADATA).properties()) {
        text.put(entry.getKey(), entry.getValue().asText());
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new InvalidModelException(
          "weights file " + file + " does not exist: name a .safetensors file", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read weights file " + file, e);
    }
  }

  /** Writes the tensors in name order, under a temporary name first; equal input, equal bytes. */
  public static void write(Path file, SortedMap<String, Tensor> tensors) {
    write(file, tensors, new TreeMap<>());
  }

  /** The same with free text by key. */
  public static void write(
      Path file, SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(header.putObject(METADATA)::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long bytes = (long) entry.getValue().data().length * Float.BYTES;
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      ArrayNode shape = node.putArray("shape");
      for (long axis : entry.getValue().shape()) {
        shape.add(axis);
      }
      node.putArray("data_offsets").add(offset).add(offset + bytes);
      offset += bytes;
    }
    byte[] json = padded(header.toString());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer length = littleEndian(LENGTH_BYTES).putLong(json.length).flip();
        writeFully(channel, length);
        writeFully(channel, ByteBuffer.wrap(json));
        for (Tensor tensor : tensors.values()) {
          writeFully(channel, bytes(tensor));
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write weights file " + file + ": free some space", e);
    }
  }

  /** The id of a model: SHA-256 over name, shape and little-endian values, in name order. */
  public static ModelId hash(SortedMap<String, Tensor> tensors) {
    MessageDigest digest = Sha256.digest();
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
      ByteBuffer shape = littleEndian((entry.getValue().shape().length + 2) * Long.BYTES);
      shape.putLong(-1); // ends the name: no UTF-8 text contains these bytes
      shape.putLong(entry.getValue().shape().length);
      for (long axis : entry.getValue().shape()) {
        shape.putLong(axis);
      }
      digest.update(shape.flip());
      digest.update(bytes(entry.getValue()));
    }
    return new ModelId(HexFormat.of().formatHex(digest.digest()));
  }

  private record Header(JsonNode json, long length) {}

  private static Header header(Path file, FileChannel channel, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new InvalidModelException(
          "weights file " + file + " has only " + size + " bytes: it is cut off, fetch it again");
    }
    ByteBuffer length = littleEndian(LENGTH_BYTES);
    readFully(channel, length, 0);
    long headerLength = length.flip().getLong();
    if (headerLength <= 0 || headerLength > MAX_HEADER) {
      throw new InvalidModelException(
          "weights file "
              + file
              + " is not a safetensors file: its header claims "
              + headerLength
              + " bytes");
    }
    if (headerLength > size - LENGTH_BYTES) {
      throw new InvalidModelException(
          "weights file " + file + " is cut off in its header: fetch it again");
    }
    ByteBuffer json = ByteBuffer.allocate((int) headerLength);
    readFully(channel, json, LENGTH_BYTES);
    try {
      JsonNode node = JSON.readTree(json.array());
      if (node == null || !node.isObject()) {
        throw new InvalidModelException("weights file " + file + " has no JSON object as header");
      }
      return new Header(node, headerLength);
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(
          "weights file " + file + " has a broken header: " + e.getOriginalMessage(), e);
    }
  }

  /** The data's place: right behind the header; checked against the file's size. */
  private static long dataStart(Path file, Header header, long size) {
    long end = 0;
    for (Map.Entry<String, JsonNode> entry : header.json.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        end = Math.max(end, entry.getValue().path("data_offsets").path(1).asLong(-1));
      }
    }
    long start = LENGTH_BYTES + header.length;
    if (start + end != size) {
      throw new InvalidModelException(
          "weights file "
              + file
              + " has "
              + size
              + " bytes where its header promises "
              + (start + end)
              + ": it is cut off or damaged, fetch it again");
    }
    return start;
  }

  private static Tensor tensor(
      Path file, FileChannel channel, long dataStart, String name, JsonNode node)
      throws IOException {
    String type = node.path("dtype").asText();
    if (!type.equals("F32")) {
      throw new InvalidModelException(
          "weights file "
              + file
              + ": tensor "
              + name
              + " is of type "
              + type
              + ", only F32 is read: convert it to float32");
    }
    JsonNode shapeNode = node.path("shape");
    long[] shape = new long[shapeNode.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shapeNode.get(i).asLong(-1);
    }
    long from = node.path("data_offsets").path(0).asLong(-1);
    long to = node.path("data_offsets").path(1).asLong(-1);
    if (from < 0 || to - from != bytes(shape)) {
      throw new InvalidModelException(
          "weights file " + file + ": tensor " + name + " has a shape that does not fit its bytes");
    }
    ByteBuffer bytes = littleEndian((int) (to - from));
    readFully(channel, bytes, dataStart + from);
    float[] values = new float[(int) ((to - from) / Float.BYTES)];
    bytes.flip().asFloatBuffer().get(values);
    return new Tensor(shape, values);
  }

  /** Bytes that this shape takes; -1 if an axis is negative or the whole too large for an array. */
  private static long bytes(long[] shape) {
    long bytes = Float.BYTES;
    for (long axis : shape) {
      if (axis < 0 || axis > Integer.MAX_VALUE || bytes * axis > Integer.MAX_VALUE) {
        return -1;
      }
      bytes *= axis;
    }
    return bytes;
  }

  /** The header's bytes, filled with spaces so that the data begins at a multiple of 8. */
  private static byte[] padded(String json) {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    int missing = (8 - length % 8) % 8;
    return (json + " ".repeat(missing)).getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer bytes(Tensor tensor) {
    ByteBuffer bytes = littleEndian(tensor.data().length * Float.BYTES);
    bytes.asFloatBuffer().put(tensor.data());
    return bytes;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      at += read;
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }
}
