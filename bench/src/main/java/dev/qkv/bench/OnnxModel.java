package dev.qkv.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A model of one Attention node in ONNX's protocol buffers, with just the fields that it needs.
 * Field numbers are those of onnx.proto.
 */
final class OnnxModel {
  private static final int OPSET = 23;
  private static final int IR_VERSION = 11;
  private static final int FLOAT = 1;
  private static final int INT_ATTRIBUTE = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OnnxModel() {}

  static byte[] attention(boolean causal) {
    OnnxModel attribute =
        new OnnxModel().text(1, "is_causal").number(3, causal ? 1 : 0).number(20, INT_ATTRIBUTE);
    OnnxModel node =
        new OnnxModel().text(1, "Q").text(1, "K").text(1, "V").text(2, "Y").text(4, "Attention");
    node.message(5, attribute);
    OnnxModel graph = new OnnxModel().message(1, node).text(2, "attention");
    for (String name : new String[] {"Q", "K", "V"}) {
      graph.message(11, value(name));
    }
    graph.message(12, value("Y"));
    OnnxModel opset = new OnnxModel().text(1, "").number(2, OPSET);
    return new OnnxModel()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, opset)
        .out
        .toByteArray();
  }

  /** A float tensor of four axes of any size. */
  private static OnnxModel value(String name) {
    OnnxModel shape = new OnnxModel();
    for (int axis = 0; axis < 4; axis++) {
      shape.message(1, new OnnxModel().text(2, name + axis));
    }
    OnnxModel tensor = new OnnxModel().number(1, FLOAT).message(2, shape);
    return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, tensor));
  }

  private OnnxModel number(int field, long value) {
    varint(field << 3);
    varint(value);
    return this;
  }

  private OnnxModel text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private OnnxModel message(int field, OnnxModel value) {
    return bytes(field, value.out.toByteArray());
  }

  private OnnxModel bytes(int field, byte[] value) {
    varint((field << 3) | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
