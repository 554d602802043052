package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a product A·B while it is still in the cache: {@code f(scale·A·B + bias) +
 * residual}. Each part is left out unless it is chosen.
 *
 * {@snippet file="dev/qkv/ops/OpsSnippetsTest.java" region="epilogue"}
 *
 * @param scale factor on A·B; 1 for none
 * @param bias added to each row, shape (n); null for none
 * @param function f
 * @param up the other factor of {@link Function#SWIGLU}, in the product's shape; null for all
 *     others
 * @param residual added in the end, in the product's shape; null for none. May be the product's own
 *     tensor where there is neither scale nor function: then A·B + bias is added to it
 */
public record Epilogue(
    float scale,
    @Nullable Tensor bias,
    Function function,
    @Nullable Tensor up,
    @Nullable Tensor residual) {
  /** f. */
  public enum Function {
    /** f(x) = x. */
    IDENTITY,
    /** Negative numbers become 0. */
    RELU,
    /** {@link Gelu#ERF}. */
    GELU,
    /** {@link Gelu#TANH}. */
    GELU_TANH,
    /** {@link SwiGlu#silu}. */
    SILU,
    /** {@link SwiGlu#forward(Tensor, Tensor)} of x as the gate. */
    SWIGLU
  }

  /** The product as it is. */
  public static final Epilogue NONE = new Epilogue(1, null, Function.IDENTITY, null, null);

  /**
   * An epilogue.
   *
   * @throws InvalidArgument if there is no {@code up} with {@link Function#SWIGLU}, or one without
   */
  public Epilogue {
    if ((function == Function.SWIGLU) != (up != null)) {
      throw new InvalidArgument("ops.up", "matmul", function.toString());
    }
  }

  /**
   * The same with a factor.
   *
   * @param factor any number
   * @return the other epilogue
   */
  public Epilogue scale(float factor) {
    return new Epilogue(factor, bias, function, up, residual);
  }

  /**
   * The same with a bias.
   *
   * @param added shape (n)
   * @return the other epilogue
   */
  public Epilogue bias(Tensor added) {
    return new Epilogue(scale, added, function, up, residual);
  }

  /**
   * The same with a function.
   *
   * @param f any but {@link Function#SWIGLU}
   * @return the other epilogue
   * @throws InvalidArgument if it is that one
   */
  public Epilogue then(Function f) {
    return new Epilogue(scale, bias, f, null, residual);
  }

  /**
   * The same with {@link Function#SWIGLU}.
   *
   * @param other the factor that is not the gate, in the product's shape
   * @return the other epilogue
   */
  public Epilogue swiGlu(Tensor other) {
    return new Epilogue(scale, bias, Function.SWIGLU, other, residual);
  }

  /**
   * The same with a residual.
   *
   * @param added in the product's shape
   * @return the other epilogue
   */
  public Epilogue residual(Tensor added) {
    return new Epilogue(scale, bias, function, up, added);
  }

  /** Whether the residual can only be added to, because it is where the product goes. */
  boolean addsTo(Tensor output) {
    return residual != null && residual.meets(output);
  }
}
