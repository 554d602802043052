package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * Matrix products in float32, {@code C = A·B}, with what happens to C while it is in the cache, and
 * their gradients. A {@link PackedMatrix} saves copying B for each product. Results have the same
 * bits for every number of threads.
 *
 * {@snippet file="dev/qkv/ops/OpsSnippetsTest.java" region="packed"}
 */
public final class Matmul {
  private static final String NAME = "matmul";

  private Matmul() {}

  /**
   * The gradients of a product.
   *
   * @param a of the left factor, in its shape
   * @param b of the right factor, in its shape
   */
  public record Gradients(Tensor a, Tensor b) {}

  /**
   * The product.
   *
   * @param a shape (…, k)
   * @param b shape (k, n)
   * @return shape (…, n); zeros where k is 0
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Tensor forward(Tensor a, Tensor b) {
    matrix(a, b);
    Tensor c = output(a, b.size(0), b.size(1));
    forward(a, b, Epilogue.NONE, c);
    return c;
  }

  /**
   * The product with a packed matrix.
   *
   * @param a shape (…, k)
   * @param b (k, n)
   * @return shape (…, n); zeros where k is 0
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Tensor forward(Tensor a, PackedMatrix b) {
    Tensor c = output(a, b.rows(), b.columns());
    forward(a, b, Epilogue.NONE, c);
    return c;
  }

  /**
   * The product into a tensor of the caller's; allocates nothing after the first calls, unless A is
   * of rank 3 or more and its elements do not lie in order.
   *
   * @param a shape (…, k)
   * @param b shape (k, n)
   * @param then what happens to the product
   * @param output receives the result, shape (…, n)
   * @throws InvalidArgument if a shape does not fit, elements of the output do not lie in order, or
   *     it overlaps an operand
   */
  public static void forward(Tensor a, Tensor b, Epilogue then, Tensor output) {
    matrix(a, b);
    check(a, b.size(0), b.size(1), then, output);
    apart("b", b, output);
    Product product = Product.take();
    product.a(a);
    product.b(b);
    run(product, then, output);
  }

  /**
   * The product with a packed matrix into a tensor of the caller's; allocates nothing after the
   * first calls, unless A is of rank 3 or more and its elements do not lie in order.
   *
   * @param a shape (…, k)
   * @param b (k, n)
   * @param then what happens to the product
   * @param output receives the result, shape (…, n)
   * @throws InvalidArgument if a shape does not fit, elements of the output do not lie in order, or
   *     it overlaps an operand
   */
  public static void forward(Tensor a, PackedMatrix b, Epilogue then, Tensor output) {
    check(a, b.rows(), b.columns(), then, output);
    Product product = Product.take();
    product.a(a);
    product.b(b);
    run(product, then, output);
  }

  /**
   * The backward pass: dA = dC·Bᵀ, dB = Aᵀ·dC.
   *
   * @param a as given to {@link #forward(Tensor, Tensor)}
   * @param b as given to {@link #forward(Tensor, Tensor)}
   * @param dOutput gradient of the product, in its shape
   * @return the gradients
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Gradients backward(Tensor a, Tensor b, Tensor dOutput) {
    Gradients gradients = new Gradients(Tensor.zeros(a.shape()), Tensor.zeros(b.shape()));
    backward(a, b, dOutput, gradients);
    return gradients;
  }

  /**
   * The backward pass into tensors of the caller's.
   *
   * @param a as given to {@link #forward(Tensor, Tensor)}
   * @param b as given to {@link #forward(Tensor, Tensor)}
   * @param dOutput gradient of the product, in its shape
   * @param into receives the gradients
   * @throws InvalidArgument if a shape does not fit, elements of a gradient do not lie in order, or
   *     it overlaps an operand
   */
  public static void backward(Tensor a, Tensor b, Tensor dOutput, Gradients into) {
    matrix(a, b);
    fits(a, b.size(0), b.size(1));
    product("dOutput", dOutput, a, b.size(1));
    Rows.same(NAME, "dA", into.a(), a);
    Rows.same(NAME, "dB", into.b(), b);
    inOrder("dA", into.a());
    inOrder("dB", into.b());
    for (Tensor operand : new Tensor[] {a, b, dOutput}) {
      apart("dA", into.a(), operand);
      apart("dB", into.b(), operand);
    }
    apart("dB", into.b(), into.a());
    Tensor rows = Rows.dense(a);
    Tensor dRows = Rows.dense(dOutput);
    Product left = Product.take();
    left.a(dRows);
    left.b(b.transposed(0, 1));
    run(left, Epilogue.NONE, into.a());
    Product right = Product.take();
    right.transposedA(rows);
    right.rowsOfB(dRows);
    run(right, Epilogue.NONE, into.b());
  }

  private static void run(Product product, Epilogue then, Tensor output) {
    try {
      product.run(output, then);
    } finally {
      product.release();
    }
  }

  private static void matrix(Tensor a, Tensor b) {
    if (b.rank() != 2) {
      throw new InvalidArgument("ops.matmul", NAME, a.shape(), b.shape());
    }
  }

  private static Tensor output(Tensor a, int k, int n) {
    fits(a, k, n);
    int[] shape = a.shape();
    shape[shape.length - 1] = n;
    return Tensor.zeros(shape);
  }

  private static void fits(Tensor a, int k, int n) {
    if (a.rank() < 1 || a.size(a.rank() - 1) != k) {
      throw new InvalidArgument("ops.matmul", NAME, a.shape(), new int[] {k, n});
    }
  }

  private static void check(Tensor a, int k, int n, Epilogue then, Tensor output) {
    fits(a, k, n);
    whole("output", output, a, n);
    apart("output", output, a);
    if (then.bias() != null) {
      Rows.vector(NAME, "bias", then.bias(), n);
      apart("output", output, then.bias());
    }
    if (then.up() != null) {
      whole("up", then.up(), a, n);
      apart("output", output, then.up());
    }
    Tensor residual = then.residual();
    if (residual != null) {
      whole("residual", residual, a, n);
      boolean plain = then.scale() == 1 && then.function() == Epilogue.Function.IDENTITY;
      if (!plain || residual.offset() != output.offset()) {
        apart("output", output, residual);
      }
    }
  }

  /** That a tensor has the product's shape; allocates nothing. */
  private static void product(String name, Tensor tensor, Tensor a, int n) {
    int last = a.rank() - 1;
    boolean same = tensor.rank() == a.rank() && tensor.size(last) == n;
    for (int axis = 0; same && axis < last; axis++) {
      same = tensor.size(axis) == a.size(axis);
    }
    if (!same) {
      int[] shape = a.shape();
      shape[last] = n;
      throw new InvalidArgument("ops.shape", NAME, name, tensor.shape(), shape);
    }
  }

  private static void whole(String name, Tensor tensor, Tensor a, int n) {
    product(name, tensor, a, n);
    inOrder(name, tensor);
  }

  private static void inOrder(String name, Tensor tensor) {
    if (!tensor.isDense()) {
      throw new InvalidArgument("ops.order", NAME, name, tensor.shape());
    }
  }

  private static void apart(String name, Tensor written, Tensor other) {
    if (written.meets(other)) {
      throw new InvalidArgument("ops.overlap", NAME, name);
    }
  }
}
