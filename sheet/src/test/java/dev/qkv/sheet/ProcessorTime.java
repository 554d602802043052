package dev.qkv.sheet;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What work costs on its own thread, whatever else the machine does meanwhile. */
public final class ProcessorTime {
  private ProcessorTime() {}

  /** Runs something that stays on the caller's thread. */
  public static Duration of(Runnable work) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
  }
}
