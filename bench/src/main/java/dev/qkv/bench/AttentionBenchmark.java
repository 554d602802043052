package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The engine's forward pass under JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "--add-modules=jdk.incubator.vector")
public class AttentionBenchmark {
  /** Number of the case in the grid. */
  @Param({"0", "4", "6", "10", "14", "23"})
  public int number;

  /** At most so many threads. */
  @Param({"1", "2"})
  public int threads;

  private final Tensor[] tensors = new Tensor[4];
  private Attention attention = Attention.plain();

  /** Makes the inputs. */
  @Setup
  public void inputs() {
    Case which = Case.grid().get(number);
    System.arraycopy(which.inputs(), 0, tensors, 0, 3);
    tensors[3] = Tensor.zeros(tensors[0].shape());
    attention = which.attention(threads);
  }

  /**
   * One call.
   *
   * @return the output, so that nothing is left out
   */
  @Benchmark
  public Tensor forward() {
    attention.forward(tensors[0], tensors[1], tensors[2], Batch.PLAIN, tensors[3], null);
    return tensors[3];
  }
}
