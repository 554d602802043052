package dev.qkv.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.qkv.app.web.PageServer;
import dev.qkv.app.web.Workbook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The page's server under 10,000 requests from 32 clients, a third of them hostile. Fails where an
 * answer is not what the rules say, and where memory or threads are not back where they were.
 */
public final class PageServerLoad {
  private static final int REQUESTS = 10_000;
  private static final int WARM_UP = 1_000;
  private static final int CLIENTS = 32;
  private static final int ONE_HOSTILE_IN = 3;

  /** One hostile request in so many stays until the server ends it, which takes its deadline. */
  private static final int ONE_LASTING_IN = 40;

  private static final long MORE_HEAP = 4L << 20;
  private static final int COLLECTIONS = 5;
  private static final String NOTE =
      """
      ## 1. Two heads
      ```qkv
      Q = [1 2 0 1; 0 1 1 1; 2 0 1 0]
      K = [1 0 1 2; 2 1 0 1; 1 1 1 0]
      V = [1 2 3 4; 0 1 0 1; 2 2 1 1]
      h = 2
      find Z
      ```
      ```answer
      Z = [1 2 3 4; 1 1 1 1; 2 2 2 2]
      ```
      """;

  private final PageServer server;
  private final List<PageRequest> good;
  private final List<PageRequest> hostile;
  private final List<PageRequest> lasting;
  private final Map<String, Queue<Double>> millis = new ConcurrentHashMap<>();
  private final AtomicInteger busy = new AtomicInteger();

  private PageServerLoad(PageServer server) {
    this.server = server;
    String address = server.address().getAuthority();
    this.good = good(address);
    this.hostile = PageRequest.hostile(address);
    this.lasting = PageRequest.lasting(address);
  }

  /**
   * Runs.
   *
   * @param arguments how many requests; 10,000 without
   * @throws Exception for the first answer that is wrong
   */
  public static void main(String[] arguments) throws Exception {
    int requests = arguments.length == 0 ? REQUESTS : Integer.parseInt(arguments[0]);
    try (PageServer server = new PageServer(0)) {
      PageServerLoad load = new PageServerLoad(server);
      load.run(WARM_UP, 1);
      load.millis.clear();
      load.busy.set(0);
      State before = State.now();
      long start = System.nanoTime();
      load.run(requests, 2);
      double seconds = (System.nanoTime() - start) / 1e9;
      load.print(seconds);
      before.check(State.now());
    }
  }

  private static List<PageRequest> good(String address) {
    Workbook workbook = new Workbook();
    List<PageRequest> all = new ArrayList<>();
    all.add(PageRequest.page(address));
    List<List<String>> calls = new ArrayList<>();
    calls.add(List.of("examples", "en"));
    calls.add(List.of("read", "en", "n.md", NOTE));
    for (String method : List.of("sheet", "audit")) {
      calls.add(List.of(method, "zh", "n.md", NOTE, "0", ""));
    }
    calls.add(List.of("picture", "en", "n.md", NOTE, "0", "", "V"));
    for (int value = 0; value < 50; value++) {
      String cell = String.valueOf(value);
      calls.add(List.of("edit", "en", "n.md", NOTE, "0", "", "cell", "Q", "0", "0", cell));
    }
    for (List<String> call : calls) {
      List<String> strings = call.subList(1, call.size());
      String document = workbook.call(call.getFirst(), strings);
      all.add(PageRequest.call(address, call.getFirst(), json(strings), document));
    }
    return all;
  }

  private static String json(List<String> strings) {
    JsonStringEncoder encoder = JsonStringEncoder.getInstance();
    return strings.stream()
        .map(text -> '"' + String.valueOf(encoder.quoteAsCharArray(text)) + '"')
        .toList()
        .toString();
  }

  private void run(int requests, int seed) throws InterruptedException, ExecutionException {
    AtomicInteger left = new AtomicInteger(requests);
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed * CLIENTS + i);
        clients.add(
            threads.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    one(random);
                  }
                  return null;
                }));
      }
    }
    for (Future<?> client : clients) {
      client.get();
    }
  }

  private void one(Random random) throws IOException, InterruptedException {
    List<PageRequest> kind = good;
    if (random.nextInt(ONE_HOSTILE_IN) == 0) {
      kind = random.nextInt(ONE_LASTING_IN) == 0 ? lasting : hostile;
    }
    PageRequest request = kind.get(random.nextInt(kind.size()));
    int port = server.address().getPort();
    long start = System.nanoTime();
    while (request.send(port).status() == PageRequest.BUSY) {
      busy.incrementAndGet();
      Thread.sleep(1000); // as Retry-After says
    }
    double took = (System.nanoTime() - start) / 1e6;
    millis.computeIfAbsent(request.name(), name -> new ConcurrentLinkedQueue<>()).add(took);
  }

  private void print(double seconds) {
    System.out.printf(Locale.ROOT, "%.1f s, %d times busy%n%n", seconds, busy.get());
    System.out.println("| request | answered as the rules say | median ms | 99 % ms |");
    System.out.println("|---|---:|---:|---:|");
    new TreeMap<>(millis)
        .forEach(
            (name, took) -> {
              List<Double> times = took.stream().sorted().toList();
              System.out.printf(
                  Locale.ROOT,
                  "| %s | %d | %.1f | %.1f |%n",
                  name,
                  times.size(),
                  times.get(times.size() / 2),
                  times.get(times.size() * 99 / 100));
            });
    System.out.println();
  }

  /**
   * What has to be back where it was: memory, threads, and requests that are still being served.
   */
  private record State(long heap, long threads, long requests) {
    static State now() throws IOException, InterruptedException {
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
        Thread.sleep(200);
      }
      Runtime runtime = Runtime.getRuntime();
      long heap = runtime.totalMemory() - runtime.freeMemory();
      return new State(heap, platformThreads(), virtualThreads());
    }

    /** Those of the JDK's own pools come and go as it likes. */
    private static long platformThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
          .count();
    }

    private static long virtualThreads() throws IOException {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        try (Stream<String> lines = Files.lines(dump)) {
          return lines.filter(line -> line.startsWith("#") && line.contains("\"request\"")).count();
        }
      } finally {
        Files.deleteIfExists(dump);
        Files.deleteIfExists(folder);
      }
    }

    void check(State after) {
      System.out.printf(
          Locale.ROOT,
          "heap %.1f MB before, %.1f MB after; threads %d, %d; requests under way %d, %d%n",
          heap / 1e6,
          after.heap / 1e6,
          threads,
          after.threads,
          requests,
          after.requests);
      if (after.heap > heap + MORE_HEAP || after.threads > threads || after.requests > 0) {
        throw new IllegalStateException("memory or threads are not back where they were");
      }
    }
  }
}
