package dev.qkv.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.qkv.app.bench.Case;
import dev.qkv.app.bench.Choice;
import dev.qkv.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's Attention operator, opset 23. */
final class OnnxContestant implements Contestant {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public Optional<Ready> ready(Case which, Tensor[] inputs, int threads) throws OrtException {
    if (which.window() >= 0 || which.choice() != Choice.NONE) {
      return Optional.empty();
    }
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Its idle threads would otherwise spin into the turns of the others.
    OrtSession session = environment.createSession(OnnxModel.attention(which.causal()), options);
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      long[] shape = Arrays.stream(inputs[i].shape()).asLongStream().toArray();
      FloatBuffer direct =
          ByteBuffer.allocateDirect(inputs[i].data().length * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      direct.put(inputs[i].data()).flip();
      feed.put("QKV".substring(i, i + 1), OnnxTensor.createTensor(environment, direct, shape));
    }
    return Optional.of(
        new Ready() {
          private float[] last = {};
          private boolean wanted;

          @Override
          public void run(long calls) {
            for (long call = 0; call < calls; call++) {
              run();
            }
          }

          private void run() {
            try (OrtSession.Result result = session.run(feed)) {
              if (wanted) {
                FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
                last = new float[buffer.remaining()];
                buffer.get(last);
              }
            } catch (OrtException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public float[] output() {
            wanted = true;
            run();
            wanted = false;
            return last;
          }

          @Override
          public void close() {
            try {
              feed.values().forEach(OnnxTensor::close);
              session.close();
            } catch (OrtException e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }
}
