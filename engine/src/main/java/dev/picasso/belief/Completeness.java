package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the numbers of a map sum to what its method promises: |Σ map − promise| / |promise|.
 * Sundararajan et al. 2017, arXiv 1703.01365, section 3.
 */
@AutoService(Check.class)
public record Completeness() implements Check {
  private static final double TOLERATED = .05;

  @Override
  public String id() {
    return "completeness";
  }

  @Override
  public String title() {
    return "Completeness";
  }

  @Override
  public String description() {
    return "See whether the pixels' numbers sum to the score that they are to explain.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Sundararajan et al. 2017, Axiomatic Attribution for Deep Networks",
            "https://arxiv.org/abs/1703.01365"));
  }

  @Override
  public List<String> measures() {
    return List.of("residual");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    double residual =
        subject
            .maps()
            .residuals()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        subject.method().title()
                            + " promises no sum, so that there is none to check."))[0];
    double promised = subject.maps().total().orElseThrow().floats()[0];
    String words =
        String.format(
            Locale.ROOT,
            "The numbers sum to %.4g with an error of %.2g %%; %s.",
            promised,
            100 * residual,
            residual <= TOLERATED ? "nothing is missing" : "a part is missing or doubled");
    return Finding.of(
        this,
        "adds up",
        Answer.of(residual <= TOLERATED),
        words,
        List.of(Measure.lower("residual", residual, "0 and more, a share of the promised sum")),
        List.of());
  }
}
