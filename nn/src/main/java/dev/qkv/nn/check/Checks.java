package dev.qkv.nn.check;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/** The rules of the public edge. Each names the operation first, then the argument. */
public final class Checks {
  private Checks() {}

  /**
   * That a size or a number is not too small; NaN is.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param least that is allowed
   * @param got the argument
   */
  public static void atLeast(String operation, String name, long least, Number got) {
    if (!(got.doubleValue() >= least)) {
      throw new InvalidArgument("nn.least", operation, name, least, got);
    }
  }

  /**
   * That a number is from one to another.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param from the least
   * @param to the largest
   * @param got the argument
   */
  public static void within(String operation, String name, long from, long to, Number got) {
    if (!(got.doubleValue() >= from && got.doubleValue() <= to)) {
      throw new InvalidArgument("nn.range", operation, name, from, to, got);
    }
  }

  /**
   * That a rate, or what is added to a variance, is a finite number and not negative.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param got the argument
   */
  public static void finite(String operation, String name, Number got) {
    if (!(got.doubleValue() >= 0 && got.doubleValue() < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgument("nn.finite", operation, name, got);
    }
  }

  /**
   * That a probability of dropout, or a share that is kept, is in [0, 1).
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param got the argument
   */
  public static void fraction(String operation, String name, Number got) {
    if (!(got.doubleValue() >= 0 && got.doubleValue() < 1)) {
      throw new InvalidArgument("nn.fraction", operation, name, got);
    }
  }

  /**
   * That a tensor has so many axes.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param rank its axes
   * @param got the argument
   */
  public static void rank(String operation, String name, int rank, Tensor got) {
    if (got.rank() != rank) {
      throw new InvalidArgument("tensor.rank", operation, name, rank, got.rank());
    }
  }

  /**
   * That a tensor has a shape.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param got the argument
   * @param shape its sizes
   */
  public static void shape(String operation, String name, Tensor got, int... shape) {
    if (!Arrays.equals(got.shape(), shape)) {
      throw new InvalidArgument("nn.shape", operation, name, got.shape(), shape);
    }
  }

  /**
   * That a tensor has the shape of another; allocates nothing.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param got the argument
   * @param like the other
   */
  public static void sameShape(String operation, String name, Tensor got, Tensor like) {
    boolean same = got.rank() == like.rank();
    for (int axis = 0; same && axis < like.rank(); axis++) {
      same = got.size(axis) == like.size(axis);
    }
    if (!same) {
      throw new InvalidArgument("nn.shape", operation, name, got.shape(), like.shape());
    }
  }

  /**
   * That a layer's x has rows of its width.
   *
   * @param operation what is asked for
   * @param x the argument
   * @param width of a row
   */
  public static void rows(String operation, Tensor x, int width) {
    if (x.rank() == 0 || x.size(x.rank() - 1) != width) {
      throw new InvalidArgument("nn.rows", operation, "x", x.shape(), width);
    }
  }

  /**
   * That an argument is (batch, length, width).
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param got the argument
   * @param width of a row
   */
  public static void sequences(String operation, String name, Tensor got, int width) {
    if (got.rank() != 3 || got.size(2) != width) {
      throw new InvalidArgument("nn.sequences", operation, name, got.shape(), width);
    }
  }

  /**
   * That an argument has as many sequences as another.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param got the argument
   * @param other name of the other
   * @param batch of the other
   */
  public static void batch(String operation, String name, Tensor got, String other, int batch) {
    if (got.size(0) != batch) {
      throw new InvalidArgument("nn.batch", operation, name, got.shape(), batch, other);
    }
  }

  /**
   * That parts of a layer fit together.
   *
   * @param operation the layer
   * @param part one of its parts
   * @param got the part's width
   * @param other the part that it must fit
   * @param width of the other
   */
  public static void width(String operation, String part, int got, String other, int width) {
    if (got != width) {
      throw new InvalidArgument("nn.width", operation, part, got, width, other);
    }
  }

  /**
   * That tokens make equally long sequences.
   *
   * @param operation what is asked for
   * @param name of the argument
   * @param tokens the argument
   * @param batch number of sequences; without any there are no tokens
   */
  public static void tokens(String operation, String name, int[] tokens, int batch) {
    atLeast(operation, "batch", 0, batch);
    if (batch == 0 ? tokens.length > 0 : tokens.length % batch != 0) {
      throw new InvalidArgument("nn.tokens", operation, name, tokens.length, batch);
    }
  }
}
