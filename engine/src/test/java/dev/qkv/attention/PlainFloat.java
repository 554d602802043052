package dev.qkv.attention;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.tensor.Layout;

/**
 * Attention in plain float32, a row at a time: the yardstick for rounding errors. Masks and what is
 * added to scores come from the definition; dot products, softmax and sums are float32.
 */
record PlainFloat(AttentionDefinition definition) {
  /** What plain float32 makes of a row. */
  record Row(float[] scores, float[] output, float logSumExp) {}

  Row row(int sequence, int head, int query, AttentionDefinition.Row right) {
    Settings settings = definition.settings();
    Layout ql = definition.q().layout(settings.axisOrder());
    Layout kl = definition.k().layout(settings.axisOrder());
    Layout vl = definition.v().layout(settings.axisOrder());
    boolean packed = definition.batch().queryEnds() != null;
    int batch = packed ? 0 : sequence;
    int firstKey = definition.places().keyStart(sequence);
    int kvHead = head / (ql.heads() / kl.heads());
    int qRow = ql.row(batch, head, query + definition.places().queryStart(sequence));
    int keys = right.masked().length;
    float scale = (float) definition.scale();
    float[] s = new float[keys];
    float max = settings.sinks() == null ? Float.NEGATIVE_INFINITY : settings.sinks()[head];
    float sink = max;
    for (int j = 0; j < keys; j++) {
      int kRow = kl.row(batch, kvHead, firstKey + j);
      float dot = 0;
      for (int t = 0; t < ql.dim(); t++) {
        dot +=
            definition.q().data()[qRow + t * ql.columnStride()]
                * definition.k().data()[kRow + t * kl.columnStride()];
      }
      float score = dot * scale;
      if (settings.scores().softcap() != null) {
        float cap = settings.scores().softcap();
        score = cap * (float) Math.tanh(score / cap);
      }
      s[j] = score + (float) (right.masked()[j] - right.softcapped()[j]);
      max = Math.max(max, s[j]);
    }
    if (max == Float.NEGATIVE_INFINITY) {
      return new Row(s, new float[vl.dim()], max);
    }
    float[] scores = s.clone();
    float sum = (float) Math.exp(sink - max);
    for (int j = 0; j < keys; j++) {
      s[j] = (float) Math.exp(s[j] - max);
      sum += s[j];
    }
    float[] output = new float[vl.dim()];
    for (int j = 0; j < keys; j++) {
      float weight = s[j] / sum;
      if (settings.dropout() != null) {
        Dropout dropout = settings.dropout().at(definition.batch().draws());
        weight = dropout.drops(sequence, head, query, j) ? 0 : weight * dropout.rescale();
      }
      for (int t = 0; t < vl.dim() && weight != 0; t++) {
        output[t] +=
            weight
                * definition.v()
                    .data()[vl.row(batch, kvHead, firstKey + j) + t * vl.columnStride()];
      }
    }
    return new Row(scores, output, max + (float) Math.log(sum));
  }
}
