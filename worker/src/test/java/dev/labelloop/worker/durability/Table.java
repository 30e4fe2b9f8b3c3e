package dev.labelloop.worker.durability;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** A line for each schedule, and one for all of them. */
final class Table {
  private static final String ROW = "%-5s  %7.0f  %7s  %7s  %6d  %-7s  %s%n";

  private final Map<Disturbance, Integer> sums = new TreeMap<>();
  private int rows;
  private int passed;
  private int failedStarts;
  private double seconds;
  private double workers = Double.NEGATIVE_INFINITY;
  private double servers = Double.NEGATIVE_INFINITY;

  /**
   * What came of a schedule.
   *
   * @param failedStarts of processes whose servers died meanwhile
   * @param workers worst recovery after the kill of a process, seconds; negative if none was
   *     measured
   * @param servers worst recovery after the kill of a server, likewise
   * @param problem empty if there is none
   */
  record Row(
      long seed,
      double seconds,
      Map<Disturbance, Integer> happened,
      int failedStarts,
      double workers,
      double servers,
      String problem) {}

  void head() {
    System.out.println("       seconds  worst recovery  failed");
    System.out.println("seed     total   worker   server  starts  verdict  disturbances");
  }

  void add(Row row) {
    rows++;
    passed += row.problem().isEmpty() ? 1 : 0;
    failedStarts += row.failedStarts();
    seconds += row.seconds();
    workers = Math.max(workers, row.workers());
    servers = Math.max(servers, row.servers());
    row.happened().forEach((what, times) -> sums.merge(what, times, Integer::sum));
    System.out.printf(
        Locale.ROOT,
        ROW,
        row.seed(),
        row.seconds(),
        shown(row.workers()),
        shown(row.servers()),
        row.failedStarts(),
        row.problem().isEmpty() ? "equal" : "FAILED",
        list(row.happened()));
    if (!row.problem().isEmpty()) {
      System.out.println("       " + row.problem());
    }
  }

  void foot() {
    System.out.printf(
        Locale.ROOT,
        ROW,
        "all",
        seconds,
        shown(workers),
        shown(servers),
        failedStarts,
        passed + "/" + rows,
        list(sums));
  }

  private static String shown(double recovery) {
    return recovery < 0 ? "-" : String.format(Locale.ROOT, "%.1f", recovery);
  }

  private static String list(Map<Disturbance, Integer> happened) {
    StringJoiner list = new StringJoiner(", ");
    happened.forEach((what, times) -> list.add(times + " " + what));
    return list.toString();
  }
}
