package dev.labelloop.worker.web.dashboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory;
import dev.labelloop.activities.evaluation.dashboard.Reading;
import dev.labelloop.activities.evaluation.dashboard.Throughput;
import dev.labelloop.activities.evaluation.gate.MapIntervals;
import dev.labelloop.activities.review.Waiting;
import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.web.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people look up of campaigns; every method throws {@link Refusal} where it is not there. */
public final class CampaignDesk implements AutoCloseable {
  /** Of a report that many look at, and of the list. */
  private static final Duration KEPT = Duration.ofSeconds(2);

  /** What the forecast goes by. */
  private static final Duration LATELY = Duration.ofHours(24);

  private static final DatasetSummary NOTHING_YET = new DatasetSummary(0, 0, 0, 0, 0, 1);

  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final ReportRepository reports;
  private final Reading reading;
  private final CampaignControl control;
  private final IntervalWork intervalWork;
  private final Recent<CampaignName, ReportView> recentReports =
      new Recent<>(KEPT, this::newReport);
  private final Recent<Boolean, ListView> recentList = new Recent<>(KEPT, all -> newList());

  public CampaignDesk(
      CampaignRepository campaigns,
      ImageRepository images,
      ReportRepository reports,
      Reading reading,
      CampaignControl control,
      MapIntervals intervals) {
    this.campaigns = campaigns;
    this.images = images;
    this.reports = reports;
    this.reading = reading;
    this.control = control;
    this.intervalWork = new IntervalWork(intervals);
  }

  @Override
  public void close() {
    intervalWork.close();
  }

  /**
   * The campaigns.
   *
   * @param trouble why it does not tell where they are; null if it does
   */
  record ListView(List<Row> campaigns, @Nullable String trouble) {}

  /**
   * A campaign in the list.
   *
   * @param state null where the Temporal server does not answer, or does not know it
   */
  record Row(
      String name,
      @Nullable String state,
      @Nullable String phase,
      long round,
      int maxRounds,
      @Nullable Double map,
      @Nullable Boolean paused,
      @Nullable CampaignHealth health,
      @Nullable String reason,
      @Nullable Instant started,
      boolean simulated,
      Waiting waiting) {}

  /** All campaigns, the newest first. */
  ListView list() {
    return recentList.of(true);
  }

  private ListView newList() {
    Map<String, CampaignSummary> listed = new HashMap<>();
    String trouble = null;
    try {
      control.list().forEach(summary -> listed.put(summary.campaign(), summary));
    } catch (Refusal e) { // what is stored is told in any case
      trouble = String.valueOf(e.getMessage());
    }
    List<Row> rows = new ArrayList<>();
    for (CampaignName name : campaigns.names()) {
      rows.add(0, row(name, listed.get(name.value())));
    }
    return new ListView(rows, trouble);
  }

  private Row row(CampaignName name, @Nullable CampaignSummary listed) {
    CampaignSpec spec = campaigns.spec(name);
    Integer rounds = campaigns.amended(name).rounds();
    StatusView live = listed == null ? null : live(name, listed);
    return new Row(
        name.value(),
        listed == null ? null : listed.state(),
        live != null ? live.phase() : listed == null ? null : listed.phase(),
        live != null ? live.round() : listed == null ? 0 : listed.round(),
        rounds == null ? spec.rounds().max() : rounds,
        live != null && live.champion() != null
            ? (Double) live.champion().score().map()
            : listed == null ? null : listed.map(),
        live == null ? null : live.paused(),
        live != null ? live.health().level() : listed == null ? null : listed.health(),
        live != null
            ? emptyToNull(live.health().reason())
            : listed == null ? null : listed.reason(),
        listed == null ? null : listed.started(),
        isSimulated(spec),
        reading.waiting().waiting(name));
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Of a running campaign, what it says itself; the list is some seconds behind. */
  private @Nullable StatusView live(CampaignName name, CampaignSummary listed) {
    if (!listed.state().equals(CampaignSummary.RUNNING)) {
      return null;
    }
    try {
      return StatusView.of(control.look(name));
    } catch (BadInputException | Refusal e) { // it ended meanwhile, or nobody answers for it
      return null;
    }
  }

  /**
   * A campaign.
   *
   * @param temporal its page in the Temporal Web UI; null if that is not known
   */
  record CampaignView(
      @JsonUnwrapped StatusView status, @Nullable String temporal, CampaignSpec spec) {}

  CampaignView campaign(CampaignName name) {
    CampaignSpec spec = spec(name);
    return new CampaignView(status(name), control.page(name), SpecWords.withoutFolders(spec));
  }

  /** Where a campaign is. */
  StatusView status(CampaignName name) {
    try {
      CampaignProgress progress = control.look(name);
      return StatusView.of(progress);
    } catch (BadInputException e) {
      throw Refusal.notFound(String.valueOf(e.getMessage()));
    }
  }

  /** What a campaign has come to. */
  ReportView report(CampaignName name) {
    spec(name);
    return recentReports.of(name);
  }

  private ReportView newReport(CampaignName name) {
    CampaignSpec spec = spec(name);
    DatasetSummary dataset = images.summary(name).orElse(null);
    CampaignReport report = reports.report(spec, dataset == null ? NOTHING_YET : dataset);
    boolean pending = !reading.intervals().missing(name).isEmpty();
    if (pending) {
      intervalWork.ask(name);
    }
    return new ReportView(
        report.campaign(),
        report.classes(),
        dataset,
        report.reviewTool(),
        isSimulated(spec),
        spec.cost().perHour(),
        report.rounds(),
        reading.intervals().all(name),
        pending,
        null,
        report.origins().stream().map(ReportView.OriginView::of).toList(),
        reading.classes().rows(name, spec.classes()),
        report.failures() == null ? null : ReportView.FailureView.of(report.failures()),
        pseudoLabels(spec),
        report.verdicts(),
        report.champions(),
        reading.lineage().models(name),
        report.doubted(),
        report.amendments(),
        report.quarantine(),
        ReportView.LikenessView.of(report));
  }

  private ReportView.PseudoLabelsView pseudoLabels(CampaignSpec spec) {
    CampaignSpec.PseudoLabels wanted = spec.pseudoLabels();
    boolean off = wanted.mode() == PseudoLabelMode.OFF;
    return new ReportView.PseudoLabelsView(
        wanted.mode(),
        off ? null : (Double) wanted.threshold(),
        off ? null : (Double) wanted.precision(),
        false,
        reading.pseudoLabels().results(spec.name()));
  }

  /**
   * When the open batches will be answered.
   *
   * @param left images of open batches for which people are still to answer
   * @param decisions images of open batches on which people disagree, for an operator to decide
   * @param answers in the last 24 hours
   * @param people who gave them
   * @param since when the first of them was stored; the pace is those after it over the time since
   * @param lastAnswer when the last of them was stored
   * @param lastHour answers in the hour up to that
   * @param least answers from which a pace is told
   * @param perHour images an hour of the clock; null below {@code least}
   * @param secondsPerImage mean seconds of work an image; null without answers
   * @param workLeft seconds of one person's work; null without answers
   * @param doneBy null where no pace is told or nothing is left
   */
  record ForecastView(
      int left,
      int decisions,
      int answers,
      int people,
      @Nullable Instant since,
      @Nullable Instant lastAnswer,
      int lastHour,
      int least,
      @Nullable Double perHour,
      @Nullable Double secondsPerImage,
      @Nullable Double workLeft,
      @Nullable Instant doneBy) {}

  ForecastView forecast(CampaignName name) {
    spec(name);
    Instant now = Instant.now();
    Throughput pace = reading.throughput().since(name, now.minus(LATELY));
    Waiting waiting = reading.waiting().waiting(name);
    int left = waiting.images();
    boolean known = pace.answers() > 0;
    return new ForecastView(
        left,
        waiting.decisions(),
        pace.answers(),
        pace.people(),
        pace.first(),
        pace.last(),
        pace.lastHour(),
        Throughput.LEAST_ANSWERS,
        pace.perHour(now),
        known ? (Double) pace.secondsPerImage() : null,
        known ? (Double) (left * pace.secondsPerImage()) : null,
        left == 0 ? null : pace.doneBy(now, left));
  }

  /** A page of the gallery. */
  GalleryViews.PageView gallery(CampaignName name, GalleryQuery query) {
    return GalleryViews.page(
        name,
        reading.gallery().page(name, query.wanted(), query.order(), query.after(), query.limit()),
        spec(name).classes());
  }

  /** Everything that was ever said about an image. */
  GalleryViews.HistoryView history(CampaignName name, ImageId image) {
    List<String> classes = spec(name).classes();
    ImageHistory history =
        reading
            .histories()
            .find(name, image)
            .orElseThrow(
                () ->
                    Refusal.notFound("there is no image " + image + " in campaign '" + name + "'"));
    return GalleryViews.history(name, history, classes);
  }

  /** The specification of a campaign that is here. */
  CampaignSpec spec(CampaignName name) {
    return campaigns
        .find(name)
        .orElseThrow(() -> Refusal.notFound("there is no campaign '" + name + "' here"));
  }

  private static boolean isSimulated(CampaignSpec spec) {
    return spec.review().tool().equals("simulated");
  }
}
