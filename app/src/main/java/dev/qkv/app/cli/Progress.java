package dev.qkv.app.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says on standard error how far long work has come. Work that is done before the first word is due
 * leaves no trace.
 */
final class Progress implements AutoCloseable {
  /** When the first word is due, and how often after that, in milliseconds. */
  static final long USUAL_PAUSE = 2_000;

  private static final int BAR = 20;

  private final Console console;
  private final ResourceBundle words;
  private final String sentence;
  private final int total;
  private final long pause;
  private final AtomicInteger done = new AtomicInteger();
  private final Thread ticker;

  /** Starts to wait; {@code total} pieces of work are ahead, which {@code sentence} names. */
  Progress(Console console, ResourceBundle words, String sentence, int total, long pause) {
    this.console = console;
    this.words = words;
    this.sentence = sentence;
    this.total = total;
    this.pause = pause;
    this.ticker = Thread.ofPlatform().daemon().start(this::tick);
  }

  /** One more piece is done. */
  <T> T done(T result) {
    done.incrementAndGet();
    return result;
  }

  private void tick() {
    long start = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(pause);
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        int now = done.get();
        int filled = BAR * now / Math.max(1, total);
        String bar = "█".repeat(filled) + "░".repeat(BAR - filled);
        console
            .err()
            .println(
                "qkv: "
                    + bar
                    + " "
                    + MessageFormat.format(
                        words.getString(sentence),
                        String.valueOf(now),
                        String.valueOf(total),
                        String.valueOf(seconds)));
        console.err().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** No more words after this. */
  @Override
  public void close() {
    ticker.interrupt();
  }
}
