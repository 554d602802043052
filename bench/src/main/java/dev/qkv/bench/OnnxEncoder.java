package dev.qkv.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** An encoder with the same weights in ONNX Runtime. */
final class OnnxEncoder {
  private final OrtSession session;
  private final Map<String, OnnxTensor> feed;
  private float[] last = {};

  OnnxEncoder(Encoder encoder, Tensor x, int threads) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(OnnxModel.encoder(encoder), options);
      long[] shape = Arrays.stream(x.shape()).asLongStream().toArray();
      feed =
          Map.of("X", OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.toArray()), shape));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  void run() {
    try (OrtSession.Result result = session.run(feed)) {
      if (last.length == 0) {
        FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
        last = new float[buffer.remaining()];
        buffer.get(last);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails where the output of the first run differs. */
  void same(String name, Tensor own) {
    Torch.same(name, own.contiguous().data(), last);
  }
}
