package dev.qkv.bench;

import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.LayerNorm;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.PlainFeedForward;
import dev.qkv.nn.layer.Residual;
import dev.qkv.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Models in ONNX's protocol buffers, with just the fields that they need. Field numbers are those
 * of onnx.proto.
 */
final class OnnxModel {
  private static final int OPSET = 23;
  private static final int IR_VERSION = 11;
  private static final int FLOAT = 1;
  private static final int FLOAT_ATTRIBUTE = 1;
  private static final int INT_ATTRIBUTE = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OnnxModel() {}

  /** One Attention node, Q, K, V to Y. */
  static byte[] attention(boolean causal) {
    OnnxModel node = node("Attention", "Y", "Q", "K", "V");
    node.message(5, whole("is_causal", causal ? 1 : 0));
    OnnxModel graph = new OnnxModel().message(1, node);
    for (String name : new String[] {"Q", "K", "V"}) {
      graph.message(11, value(name, 4));
    }
    return model(graph.message(12, value("Y", 4)));
  }

  /** An encoder with these weights, X to Y, both (batch, length, width). */
  static byte[] encoder(Encoder encoder) {
    OnnxModel graph = new OnnxModel();
    String x = "X";
    for (int i = 0; i < encoder.blocks().size(); i++) {
      EncoderBlock block = encoder.blocks().get(i);
      MultiHeadAttention attention = block.attention();
      String at = i + ".";
      graph.linear(at + "q", x, attention.query());
      graph.linear(at + "k", x, attention.key());
      graph.linear(at + "v", x, attention.value());
      graph.message(
          1,
          node("Attention", at + "z", at + "q", at + "k", at + "v")
              .message(5, whole("q_num_heads", attention.heads()))
              .message(5, whole("kv_num_heads", attention.kvHeads())));
      graph.linear(at + "o", at + "z", attention.output());
      graph.message(1, node("Add", at + "sum", x, at + "o"));
      PlainFeedForward feedForward = (PlainFeedForward) block.feedForward();
      graph.norm(at + "norm", at + "sum", norm(block.attentionResidual()));
      graph.linear(at + "inner", at + "norm", feedForward.inner());
      graph.message(1, node("Gelu", at + "gelu", at + "inner"));
      graph.linear(at + "outer", at + "gelu", feedForward.outer());
      graph.message(1, node("Add", at + "sum2", at + "norm", at + "outer"));
      x = i == encoder.blocks().size() - 1 ? "Y" : at + "y";
      graph.norm(x, at + "sum2", norm(block.feedForwardResidual()));
    }
    return model(graph.message(11, value("X", 3)).message(12, value("Y", 3)));
  }

  private void linear(String output, String input, Linear layer) {
    tensor(output + ".weight", layer.weight().value());
    tensor(output + ".bias", Objects.requireNonNull(layer.bias()).value());
    message(1, node("MatMul", output + ".product", input, output + ".weight"));
    message(1, node("Add", output, output + ".product", output + ".bias"));
  }

  private static LayerNorm norm(Residual residual) {
    return (LayerNorm) residual.norm();
  }

  private void norm(String output, String input, LayerNorm layer) {
    tensor(output + ".gamma", layer.gamma().value());
    tensor(output + ".beta", layer.beta().value());
    message(
        1,
        node("LayerNormalization", output, input, output + ".gamma", output + ".beta")
            .message(
                5,
                new OnnxModel()
                    .text(1, "epsilon")
                    .single(2, layer.epsilon())
                    .number(20, FLOAT_ATTRIBUTE)));
  }

  /** An initialiser. */
  private void tensor(String name, Tensor values) {
    OnnxModel tensor = new OnnxModel();
    for (int size : values.shape()) {
      tensor.number(1, size);
    }
    float[] data = values.toArray();
    ByteBuffer raw = ByteBuffer.allocate(data.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(data);
    message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
  }

  private static OnnxModel node(String operation, String output, String... inputs) {
    OnnxModel node = new OnnxModel();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operation);
  }

  private static OnnxModel whole(String name, long value) {
    return new OnnxModel().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
  }

  private static byte[] model(OnnxModel graph) {
    OnnxModel opset = new OnnxModel().text(1, "").number(2, OPSET);
    return new OnnxModel()
        .number(1, IR_VERSION)
        .message(7, graph.text(2, "qkv"))
        .message(8, opset)
        .out
        .toByteArray();
  }

  /** A float tensor whose axes have any size. */
  private static OnnxModel value(String name, int rank) {
    OnnxModel shape = new OnnxModel();
    for (int axis = 0; axis < rank; axis++) {
      shape.message(1, new OnnxModel().text(2, name + axis));
    }
    OnnxModel tensor = new OnnxModel().number(1, FLOAT).message(2, shape);
    return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, tensor));
  }

  private OnnxModel single(int field, float value) {
    varint((field << 3) | 5);
    int bits = Float.floatToIntBits(value);
    for (int i = 0; i < 4; i++) {
      out.write(bits >>> (8 * i));
    }
    return this;
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
