package dev.qkv.nn.inference;

import dev.qkv.attention.Batch;
import dev.qkv.kernel.Panels;
import dev.qkv.nn.check.Checks;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.Norm;
import dev.qkv.parallel.Pool;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An encoder made ready for inference: its weights are copied once into the order in which products
 * read them, its operations run together where they touch the same rows, without a tape. The
 * encoder itself says what is computed; the plan gives the same numbers but for rounding. It does
 * not see later changes of the weights.
 *
 * {@snippet file="dev/qkv/nn/inference/EncoderPlanSnippetsTest.java" region="plan"}
 *
 * <p>Immutable and safe for many threads at once. A call owns a workspace of (projected + context +
 * width)·4 bytes for each row; as many are kept as calls ran at once. After the first call of a
 * shape nothing is allocated, unless x has gaps. Results have the same bits for every number of
 * threads.
 */
public final class EncoderPlan {
  /** The name of a plan in messages. */
  static final String NAME = "inference plan";

  private static final int MEBI = 1 << 20;

  private final List<PackedBlock> blocks;
  private final @Nullable PackedNorm norm;
  private final int width;
  private final int innerWidth;
  private final int projectedWidth;
  private final int contextWidth;
  private final int threads;
  private final @Nullable Executor executor;
  private final Pool<Workspace> workspaces = Pool.owned(() -> new Workspace(this));

  private EncoderPlan(
      List<PackedBlock> blocks,
      @Nullable PackedNorm norm,
      int width,
      int threads,
      @Nullable Executor executor) {
    this.blocks = blocks;
    this.norm = norm;
    this.width = width;
    this.innerWidth = widest(blocks, PackedBlock::innerWidth);
    this.projectedWidth = widest(blocks, PackedBlock::projectedWidth);
    this.contextWidth = widest(blocks, PackedBlock::contextWidth);
    this.threads = threads;
    this.executor = executor;
  }

  private static int widest(List<PackedBlock> blocks, ToIntFunction<PackedBlock> width) {
    return blocks.stream().mapToInt(width).max().orElse(0);
  }

  /**
   * Packs an encoder's weights.
   *
   * @param encoder at least a block or a norm; its dropout is left out
   * @return its plan, for as many threads as there are processors
   * @throws InvalidArgument if the encoder has nothing that says how wide x is, or a layer is too
   *     large for an array; the message names it
   */
  public static EncoderPlan of(Encoder encoder) {
    List<PackedBlock> blocks = new ArrayList<>();
    int width = 0;
    for (EncoderBlock block : encoder.blocks()) {
      width = block.attentionResidual().norm().width();
      blocks.add(PackedBlock.of("blocks[" + blocks.size() + "]", block));
    }
    Norm last = encoder.norm();
    if (last != null) {
      width = last.width();
    }
    if (width == 0) {
      throw new InvalidArgument("nn.plan.empty", NAME);
    }
    PackedNorm norm = last == null ? null : PackedNorm.of(last);
    return new EncoderPlan(List.copyOf(blocks), norm, width, 0, null);
  }

  /**
   * The same plan with another number of threads; weights are shared.
   *
   * @param most 1 forbids all but the caller's own; 0 for as many as there are processors
   * @return a new plan
   * @throws InvalidArgument if it is negative
   */
  public EncoderPlan threads(int most) {
    Checks.atLeast(NAME, "threads", 0, most);
    return new EncoderPlan(blocks, norm, width, most, executor);
  }

  /**
   * The same plan with other helpers; weights are shared.
   *
   * @param runner may run helpers late or not at all; the caller's own thread then does the work
   * @return a new plan
   */
  public EncoderPlan executor(Executor runner) {
    Objects.requireNonNull(runner, "runner");
    return new EncoderPlan(blocks, norm, width, threads, runner);
  }

  /**
   * Runs the encoder on a plain batch, into a new tensor.
   *
   * @param x shape (batch, length, width)
   * @return in the shape of x
   * @throws InvalidArgument as for {@link #apply(Tensor, Batch, Tensor)}
   */
  public Tensor apply(Tensor x) {
    fits(x);
    Tensor output = Tensor.zeros(x.shape());
    apply(x, Batch.PLAIN, output);
    return output;
  }

  /**
   * Runs the encoder.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths
   * @param output receives the result, in the shape of x; may be x itself. Untouched where the call
   *     is refused
   * @throws InvalidArgument if x has another shape, or one that choices or batch do not fit; the
   *     output has another shape, its elements do not lie in order, or it overlaps x; or the heap
   *     is too small for the workspace
   */
  public void apply(Tensor x, Batch batch, Tensor output) {
    Objects.requireNonNull(batch, "batch");
    fits(x);
    output(x, output);
    if (x.elements() == 0) {
      return;
    }
    Tensor from = x.isDense() ? x : x.contiguous();
    Workspace workspace = workspaces.take();
    try {
      workspace.run(from, batch, output, threads, executor);
    } catch (OutOfMemoryError e) {
      throw tooLarge(x);
    } finally {
      workspaces.giveBack(workspace);
    }
  }

  /** That the plan and the heap have room for x. */
  private void fits(Tensor x) {
    Checks.sequences(NAME, "x", x, width);
    long rows = (long) x.size(0) * x.size(1);
    long most = Panels.LARGEST / Math.max(width, Math.max(projectedWidth, contextWidth));
    if (rows > most) {
      throw new InvalidArgument("nn.plan.rows", NAME, x.shape(), most);
    }
    if (needed(x) > Runtime.getRuntime().maxMemory()) {
      throw tooLarge(x);
    }
  }

  private static void output(Tensor x, Tensor output) {
    Checks.sameShape(NAME, "output", output, x);
    if (!output.isDense()) {
      throw new InvalidArgument("ops.order", NAME, "output", output.shape());
    }
    boolean itself = x.isDense() && x.offset() == output.offset();
    if (output.meets(x) && !itself) {
      throw new InvalidArgument("ops.overlap", NAME, "output");
    }
  }

  private long needed(Tensor x) {
    long floats = (long) width + projectedWidth + contextWidth;
    return (long) x.size(0) * x.size(1) * floats * Float.BYTES;
  }

  private InvalidArgument tooLarge(Tensor x) {
    long needed = needed(x);
    long heap = Runtime.getRuntime().maxMemory();
    return new InvalidArgument(
        "nn.workspace",
        NAME,
        x.shape(),
        needed / MEBI + 1,
        heap / MEBI,
        (heap + needed) / MEBI + 1);
  }

  List<PackedBlock> blocks() {
    return blocks;
  }

  @Nullable PackedNorm norm() {
    return norm;
  }

  int width() {
    return width;
  }

  int innerWidth() {
    return innerWidth;
  }

  int projectedWidth() {
    return projectedWidth;
  }

  int contextWidth() {
    return contextWidth;
  }
}
