package dev.qkv.sheet;

/**
 * One head as another implementation has it. The sheet knows the engine by this alone: where there
 * is none, as in a page without a server, the rest is verified all the same.
 */
interface HeadEngine {
  double[][] scores();

  double[][] masked();

  double[][] weights();

  double[][] output();

  HeadDefinition.Gradients backward(double[][] dOutput);
}
