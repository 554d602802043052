package dev.qkv.app.cli;

import dev.qkv.nn.train.Trainer;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Says on standard error every two seconds how far training has come. */
final class TrainingProgress implements AutoCloseable {
  private static final int BAR = 20;

  private final Console console;
  private final ResourceBundle words;
  private final long from;
  private final long all;
  private final long start = System.nanoTime();
  private final Thread ticker;
  private volatile long step;
  private volatile double loss = Double.NaN;
  private volatile double accuracy = Double.NaN;

  TrainingProgress(Console console, ResourceBundle words, long from, long all) {
    this.console = console;
    this.words = words;
    this.from = from;
    this.all = all;
    this.step = from;
    this.ticker = Thread.ofPlatform().daemon().start(this::tick);
  }

  void step(long made, double now) {
    step = made;
    loss = now;
  }

  void evaluated(Trainer.Progress row) {
    accuracy = row.heldOut().accuracy();
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(Progress.USUAL_PAUSE);
        long made = step;
        int filled = (int) (BAR * made / Math.max(1, all));
        double seconds = (System.nanoTime() - start) / 1e9;
        double left = made == from ? Double.NaN : seconds / (made - from) * (all - made);
        console
            .err()
            .println(
                "qkv: "
                    + "█".repeat(filled)
                    + "░".repeat(BAR - filled)
                    + " "
                    + MessageFormat.format(
                        words.getString("progress.train"),
                        String.valueOf(made),
                        String.valueOf(all),
                        number("%.4f", loss),
                        number("%.1f", 100 * accuracy),
                        number("%.0f", left)));
        console.err().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not known yet: a dash. */
  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }

  /** No more words after this. */
  @Override
  public void close() {
    ticker.interrupt();
  }
}
