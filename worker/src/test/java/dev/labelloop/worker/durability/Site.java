package dev.labelloop.worker.durability;

import dev.labelloop.core.Draws;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.web.account.FirstAccess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A campaign where it is at work: the product with its servers, a second worker for inference and
 * training, a reviewer; and an operator who starts again what has died.
 */
final class Site implements AutoCloseable {
  private static final Duration ROUND_OF_THE_OPERATOR = Duration.ofMillis(250);
  private static final int GAVE_UP = 1;

  /** What a worker says when it is at work. */
  static final String SERVING = "serving";

  private final DrawnCampaign campaign;
  private final Path home;
  private final Servers servers;
  private final int port;
  private final boolean disturbed;
  private final Confusion confusion;
  private final @Nullable SmallDisk disk;
  private final Map<Disturbance, Integer> happened = new ConcurrentSkipListMap<>();
  private final List<Thread> traps = new ArrayList<>();
  private Product product;
  private volatile Jvm reviewer;
  private @Nullable Jvm worker;
  private @Nullable Endpoints knownToWorker;
  private int failedStarts;
  private boolean closed;

  /** If this process is asked to end, nothing of a site may stay. */
  private final Thread hook = new Thread(this::killAll, "kill-site");

  private Site(DrawnCampaign campaign, Path home, Servers servers, boolean disturbed)
      throws Exception {
    this.campaign = campaign;
    this.home = home;
    this.servers = servers;
    this.disturbed = disturbed;
    this.confusion = new Confusion(campaign.name());
    this.disk = disturbed ? SmallDisk.over(home.resolve("models")).orElse(null) : null;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    product = startProduct();
    reviewer = startReviewer();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** As people would run it who expect no harm: without a second worker. */
  static Site quiet(DrawnCampaign campaign, Path home, Servers servers) throws Exception {
    return new Site(campaign, home, servers, false);
  }

  /** With all that can be harmed. */
  static Site disturbed(DrawnCampaign campaign, Path home, Servers servers) throws Exception {
    return new Site(campaign, home, servers, true);
  }

  DrawnCampaign campaign() {
    return campaign;
  }

  Path home() {
    return home;
  }

  Servers servers() {
    return servers;
  }

  Product product() {
    return product;
  }

  Jvm reviewer() {
    return reviewer;
  }

  Confusion confusion() {
    return confusion;
  }

  Optional<Jvm> worker() {
    return Optional.ofNullable(worker).filter(Jvm::isAlive);
  }

  /** As soon as there is one; empty if the campaign ends before, or none comes in that time. */
  Optional<Jvm> workerWithin(Duration most) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    boolean ended = false;
    while (worker().isEmpty() && !ended && System.nanoTime() < end) {
      ended = endsWithin(Duration.ZERO);
    }
    return worker();
  }

  Optional<SmallDisk> disk() {
    return Optional.ofNullable(disk);
  }

  /** Notes that it has come to that. */
  void happened(Disturbance what) {
    happened.merge(what, 1, Integer::sum);
  }

  /** How often it has come to what. */
  Map<Disturbance, Integer> happened() {
    return happened;
  }

  int failedStarts() {
    return failedStarts;
  }

  /** Something that waits for its moment; whether that came. */
  interface Trap {
    boolean springs(RandomGenerator random) throws Exception;
  }

  /** Lays a trap, or several equal ones that count as one, while other things go on. */
  void layTrap(Disturbance what, int copies, RandomGenerator random, Trap trap) {
    AtomicBoolean sprung = new AtomicBoolean();
    for (int copy = 0; copy < copies; copy++) {
      RandomGenerator own = Draws.of(random.nextLong(), "trap");
      Thread thread =
          new Thread(
              () -> {
                try {
                  if (trap.springs(own) && !sprung.getAndSet(true)) {
                    happened(what);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt(); // the campaign has ended before
                } catch (Exception e) {
                  confusion.tell(what + " failed: " + e);
                }
              },
              what.toString());
      thread.setDaemon(true);
      traps.add(thread);
      thread.start();
    }
  }

  /** Whether the campaign's process ends in that time; meanwhile the operator does the rounds. */
  boolean endsWithin(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    do {
      startWhatHasDied();
      if (product.jvm().endsWithin(ROUND_OF_THE_OPERATOR) && product.jvm().exitCode() == 0) {
        return true;
      }
    } while (System.nanoTime() < end);
    return false;
  }

  /** Starts again whatever does not run. */
  synchronized void startWhatHasDied() throws Exception {
    if (closed) {
      throw new IllegalStateException("the site is closed");
    }
    if (!product.isAlive() && product.jvm().exitCode() != 0) {
      noteIfItGaveUp(product.jvm(), ready());
      product = startProduct();
    }
    if (!reviewer.isAlive()) {
      if (reviewer.exitCode() == GAVE_UP) {
        throw new AssertionError(reviewer.said());
      }
      reviewer = startReviewer();
    }
    Optional<Endpoints> endpoints = servers.endpoints();
    if (disturbed && endpoints.isPresent() && product.isAlive()) {
      startWorker(endpoints.get());
    }
  }

  /** A start may fail because a server dies under it; what was once up is to stay up. */
  private void noteIfItGaveUp(Jvm jvm, String ready) throws Exception {
    if (jvm.exitCode() == GAVE_UP) {
      if (jvm.hasSaid(ready)) {
        throw new AssertionError("a process gave up:\n" + jvm.said());
      }
      failedStarts++;
    }
  }

  /** What the product says when it is at work. */
  String ready() {
    return servers.dieWithTheHome() ? "follow it at" : "metrics are at";
  }

  /** One whose servers moved is of no use. */
  private void startWorker(Endpoints endpoints) throws Exception {
    Jvm running = worker;
    if (running != null && running.isAlive()) {
      if (endpoints.equals(knownToWorker)) {
        return;
      }
      running.kill();
    } else if (running != null) {
      noteIfItGaveUp(running, SERVING);
    }
    knownToWorker = endpoints;
    worker =
        Product.start(
            home,
            "worker",
            List.of(
                "worker",
                "--queues=predict,train",
                "--temporal=" + endpoints.temporal(),
                "--namespace=" + endpoints.namespace(),
                "--database=" + endpoints.database(),
                "--home=" + home));
  }

  private Product startProduct() throws IOException {
    return Product.run(campaign.specification(), home, servers, List.of("--port=" + port));
  }

  private Jvm startReviewer() throws IOException {
    return Jvm.start(
        home.getParent(),
        home.getFileName() + "-reviewer",
        List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
        Reviewer.class,
        List.of(
            "http://127.0.0.1:" + port,
            campaign.name().value(),
            campaign.answers().toString(),
            disturbed ? "150" : "0",
            home.resolve(FirstAccess.TOKEN_FILE).toString()));
  }

  /** Ends what is left once the campaign has ended, as an operator would. */
  void putAway() throws Exception {
    for (Thread trap : traps) {
      trap.interrupt();
      trap.join();
    }
    reviewer.kill();
    worker().ifPresent(Jvm::askToEnd);
  }

  private synchronized void killAll() {
    closed = true;
    worker().ifPresent(Jvm::kill);
    reviewer.kill();
    product.close();
    if (disk != null) {
      disk.close();
    }
  }

  @Override
  public void close() {
    traps.forEach(Thread::interrupt);
    killAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
