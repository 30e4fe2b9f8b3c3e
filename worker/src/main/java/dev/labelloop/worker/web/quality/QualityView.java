package dev.labelloop.worker.web.quality;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.quality.Agreement.Counts;
import dev.labelloop.activities.review.quality.CheckRepository;
import dev.labelloop.activities.review.quality.Difference;
import dev.labelloop.activities.review.quality.Estimate;
import dev.labelloop.activities.review.quality.Pull;
import dev.labelloop.activities.review.quality.QualityReport;
import dev.labelloop.activities.review.quality.StandingRepository.Standing;
import dev.labelloop.activities.review.quality.WorkRepository.Worked;
import dev.labelloop.campaign.CampaignSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of a campaign's people and their work, as JSON. Null is: not known. */
record QualityView(
    List<PersonView> people,
    PullView pull,
    TimeView time,
    AgreementView agreement,
    LedgerView ledger) {
  private static final double HOUR = 3600;

  static QualityView of(QualityReport report, CampaignSpec spec) {
    List<String> classes = spec.classes();
    return new QualityView(
        report.people().stream().map(person -> PersonView.of(person, classes)).toList(),
        PullView.of(report.pull()),
        new TimeView(
            report.time(),
            HumanTime.BASE,
            report.timed(),
            named(report.timeByClass(), classes, time -> time)),
        new AgreementView(
            report.settled().images(),
            report.settled().settled(),
            report.settled().waiting(),
            EstimateView.of(report.agreed()),
            number(report.agreed().value()),
            number(report.kappa())),
        LedgerView.of(report, spec.cost().perHour()));
  }

  private static <A, B> Map<String, B> named(
      Map<Integer, A> byIndex, List<String> classes, Function<A, B> view) {
    Map<String, B> named = new TreeMap<>();
    byIndex.forEach((index, value) -> named.put(classes.get(index), view.apply(value)));
    return named;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** A mean with the interval that holds at every look. */
  record EstimateView(@Nullable Double value, double low, double high, int n) {
    static EstimateView of(Estimate estimate) {
      return new EstimateView(
          number(estimate.value()), estimate.low(), estimate.high(), estimate.n());
    }
  }

  /**
   * A person.
   *
   * @param probes known answers asked for
   * @param wrongProposals those shown on them that are no object, and how many were accepted
   * @param paused null if the person may answer
   * @param timed answers behind {@code time}
   * @param classes F1 on known answers by class
   */
  record PersonView(
      String name,
      int answers,
      int boxes,
      double seconds,
      @Nullable Double secondsPerImage,
      int probes,
      EstimateView f1,
      WrongView wrongProposals,
      @Nullable Double kappa,
      EstimateView agreement,
      int hasty,
      @Nullable PausedView paused,
      CheckRepository.Counts checks,
      HumanTime time,
      int timed,
      Map<String, ClassView> classes) {
    static PersonView of(QualityReport.Person person, List<String> classes) {
      return new PersonView(
          person.name(),
          person.answers(),
          person.boxes(),
          person.seconds(),
          number(person.secondsPerImage()),
          person.probed().probes(),
          EstimateView.of(person.f1()),
          new WrongView(person.probed().wrong(), person.probed().wrongAccepted()),
          number(person.kappa()),
          EstimateView.of(person.agreement()),
          person.hasty(),
          PausedView.of(person.standing()),
          person.checks(),
          person.time(),
          person.timed(),
          named(person.byClass(), classes, ClassView::of));
    }
  }

  /** Proposals that are no object. */
  record WrongView(int shown, int accepted) {}

  /** F1 of a class: boxes of the person and of the truth, and those that are both. */
  record ClassView(double f1, int boxes, int truth, int right) {
    static ClassView of(Counts counts) {
      return new ClassView(counts.f1(), counts.left(), counts.right(), counts.paired());
    }
  }

  /** Since when somebody may not answer; {@code by} is null where known answers decided. */
  record PausedView(Instant since, String reason, @Nullable String by) {
    static @Nullable PausedView of(@Nullable Standing standing) {
      return standing == null || !standing.paused()
          ? null
          : new PausedView(standing.since(), standing.reason(), standing.by());
    }
  }

  /** How near answers are to proposals, shown and hidden. */
  record PullView(
      ArmView shown,
      ArmView blind,
      @Nullable Double difference,
      @Nullable Double low,
      @Nullable Double high) {
    static PullView of(Pull pull) {
      Difference difference = pull.difference().orElse(null);
      return new PullView(
          new ArmView(number(pull.shown()), pull.shownImages()),
          new ArmView(number(pull.blind()), pull.blindImages()),
          difference == null ? null : difference.value(),
          difference == null ? null : difference.low(),
          difference == null ? null : difference.high());
    }
  }

  /** Mean F1 of answers and proposals over n images. */
  record ArmView(@Nullable Double f1, int n) {}

  /** Seconds of each act, and how many images tell them. */
  record TimeView(HumanTime fitted, HumanTime base, int images, Map<String, HumanTime> perClass) {}

  /** Images asked about, those of which an answer stands, and those that wait for a decision. */
  record AgreementView(
      int images,
      int settled,
      int waiting,
      EstimateView f1,
      @Nullable Double meanF1,
      @Nullable Double kappa) {}

  /** Seconds, and money where it is said what an hour costs. */
  record CostView(double seconds, @Nullable Double money) {
    static CostView of(double seconds, @Nullable Double perHour) {
      return new CostView(seconds, perHour == null ? null : seconds / HOUR * perHour);
    }
  }

  /** What people's time went into, and what the images that wait will take. */
  record LedgerView(
      double seconds,
      @Nullable Double money,
      @Nullable Double perHour,
      Map<String, CostView> byPurpose,
      Map<String, CostView> byReviewer,
      Map<String, CostView> byRound,
      ForecastView forecast) {
    static LedgerView of(QualityReport report, @Nullable Double perHour) {
      CostView all = CostView.of(sum(report.worked()), perHour);
      CostView ahead = CostView.of(report.forecast().seconds(), perHour);
      return new LedgerView(
          all.seconds(),
          all.money(),
          perHour,
          by(report.worked(), Worked::purpose, perHour),
          by(report.worked(), Worked::person, perHour),
          by(report.worked(), worked -> String.valueOf(worked.round()), perHour),
          new ForecastView(report.forecast().images(), ahead.seconds(), ahead.money()));
    }

    private static double sum(List<Worked> worked) {
      return worked.stream().mapToDouble(Worked::seconds).sum();
    }

    private static Map<String, CostView> by(
        List<Worked> worked, Function<Worked, String> key, @Nullable Double perHour) {
      Map<String, Double> seconds = new TreeMap<>();
      worked.forEach(one -> seconds.merge(key.apply(one), one.seconds(), Double::sum));
      Map<String, CostView> costs = new TreeMap<>();
      seconds.forEach((name, value) -> costs.put(name, CostView.of(value, perHour)));
      return costs;
    }
  }

  /** Of images without an answer that stands. */
  record ForecastView(int images, double seconds, @Nullable Double money) {}
}
