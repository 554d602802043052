package dev.qkv.app.cli;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.reference.AttentionDefinition;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.Tensor;

/** What a command calls attention with. */
record AttendCall(Attention attention, Tensor q, Tensor k, Tensor v, Batch batch) {
  AxisOrder axisOrder() {
    return attention.settings().axisOrder();
  }

  /** The same in float64, as it is defined. */
  AttentionDefinition definition() {
    return new AttentionDefinition(attention.settings(), q, k, v, batch);
  }
}
