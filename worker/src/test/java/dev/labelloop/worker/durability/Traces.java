package dev.labelloop.worker.durability;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.worker.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a campaign leaves in its home. */
final class Traces {
  private static final List<String> OUTCOME =
      List.of(
          "select 'labels r' || round || ' ' || id from training_set order by round",
          "select 'model r' || round || ' ' || model from challenger order by round",
          "select 'round ' || round || ' champion ' || champion || ' mAP ' || map"
              + " from round_record order by round");

  /** Each must find nothing. */
  private static final List<String> FAULTS =
      List.of(
          "select 'an image predicted twice: ' || image_id from prediction"
              + " group by campaign, round, image_id having count(*) > 1",
          "select 'shards of round ' || s.round || ' tell of ' || sum(images) || ' rows, not ' ||"
              + " (select count(*) from prediction p where p.round = s.round)"
              + " from prediction_shard s group by s.round having sum(images) <>"
              + " (select count(*) from prediction p where p.round = s.round)",
          "select 'an image labelled twice: ' || image_id from current_annotation"
              + " group by image_id having count(*) > 1",
          "select 'an answer stored twice: ' || image_id from review_answer"
              + " group by round, image_id having count(*) > 1",
          "select 'an image asked about and not answered: ' || image_id from review_image i"
              + " where not exists (select from review_answer a"
              + " where a.round = i.round and a.image_id = i.image_id)",
          "select 'an image asked about in two rounds: ' || image_id from review_image"
              + " group by image_id having count(distinct round) > 1",
          "select 'open: r' || round || '/b' || batch from review_batch where state <> 'CLOSED'",
          "select 'quarantined: ' || file || ' ' || reason from quarantine",
          "select 'lost: ' || count(*) from image having count(*) <> "
              + (DrawnCampaign.POOL + DrawnCampaign.HOLDOUT));

  private Traces() {}

  /**
   * The outcome of a campaign whose processes have all ended.
   *
   * @throws AssertionError naming what is wrong or left
   */
  static List<String> of(Site site) throws IOException {
    List<String> faults = new ArrayList<>(left(site));
    List<String> outcome =
        site.servers()
            .afterwards(
                endpoints -> {
                  faults.addAll(site.confusion().faults(endpoints));
                  faults.addAll(texts(endpoints, FAULTS));
                  return texts(endpoints, OUTCOME);
                });
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("; ", faults));
    }
    return outcome;
  }

  private static List<String> texts(Endpoints endpoints, List<String> queries) {
    try (Database database = new Database(endpoints.database())) {
      return database.inTransaction(
          handle ->
              queries.stream()
                  .flatMap(sql -> handle.createQuery(sql).mapTo(String.class).list().stream())
                  .toList());
    }
  }

  /** Processes that still work for the home, checkpoints, and files that were not to stay. */
  private static List<String> left(Site site) throws IOException {
    Path home = site.home();
    List<String> left = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(process -> worksFor(process, home))
        .forEach(process -> left.add("process " + process.pid() + ", " + end(process)));
    left.addAll(files(Product.temporary(home)));
    left.addAll(files(home.resolve("checkpoints").resolve(site.campaign().name().value())));
    files(home.resolve("models")).stream().filter(Traces::isUnfinished).forEach(left::add);
    try (Stream<Path> files = Files.list(home)) {
      files.map(Path::toString).filter(Traces::isUnfinished).forEach(left::add);
    }
    return left.stream().map(what -> what + " is left").toList();
  }

  /** The last of its command line: before that comes a long class path. */
  private static String end(ProcessHandle process) {
    String line = read(process, "cmdline");
    return line.substring(Math.max(0, line.length() - 200));
  }

  private static boolean isUnfinished(String file) {
    return file.contains("/.new-") || file.endsWith(".tmp") || file.endsWith(".filler");
  }

  private static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.skip(1).map(Path::toString).toList();
    }
  }

  /** By its folder, or by the home's path on its command line. */
  private static boolean worksFor(ProcessHandle process, Path home) {
    Path proc = Path.of("/proc/" + process.pid());
    try {
      return proc.resolve("cwd").toRealPath().startsWith(home)
          || read(process, "cmdline").contains(home + "/")
          || read(process, "cmdline").contains(home + " ");
    } catch (IOException e) {
      return false; // ended, or of another user
    }
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid(), file)).replace('\0', ' ');
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }
}
