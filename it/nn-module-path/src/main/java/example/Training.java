package example;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.TokenEmbedding;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Schedule;

/** An encoder learns to say what it is told. */
public final class Training {
  private Training() {}

  /**
   * Prints whether the loss fell.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    int[] tokens = {3, 1, 4, 1, 5, 9, 2, 6};

    Parameters parameters = new Parameters(42);
    TokenEmbedding embedding = TokenEmbedding.create(parameters.in("embedding"), 10, 32);
    BlockSettings block =
        BlockSettings.of(32, 4, 64) // width, heads, inner width
            .nonlinearity(Activation.GELU)
            .norm(NormKind.LAYER, NormPlace.PRE)
            .dropout(0.1f);
    Encoder encoder = Encoder.create(parameters.in("encoder"), 2, block); // of 2 blocks
    Linear output = Linear.create(parameters.in("output"), 32, 10);

    AdamW optimiser = new AdamW(parameters, AdamW.Settings.USUAL);
    Schedule schedule = Schedule.cosine(3e-3, 10, 60);
    for (int step = 1; step <= 60; step++) {
      parameters.clearGradients();
      Variable x = embedding.apply(1, tokens); // (batch, length, width)
      Variable loss = output.apply(encoder.apply(x, Pass.training(step))).crossEntropy(tokens);
      loss.backward();
      optimiser.step(schedule.rate(step));
    }

    Variable x = embedding.apply(1, tokens);
    float loss =
        output.apply(encoder.apply(x, Pass.inference())).crossEntropy(tokens).value().get(0);
    System.out.println(loss < 0.5 ? "learned" : "not learned: " + loss);
  }
}
