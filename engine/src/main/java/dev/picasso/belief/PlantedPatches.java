package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the method finds patches that were laid on the picture and change what the model says. It
 * is asked about the class that each patch makes more probable, not about the one that the map in
 * question is of; {@link PlantAndFind} compares several methods so.
 *
 * @param patches how many
 * @param size side of a patch, as a share of the picture's shorter side
 * @param tries how many patches are tried; the strongest are taken
 * @param effect how far a patch must raise a class's probability
 */
@AutoService(Check.class)
public record PlantedPatches(
    @Label(value = "Patches", help = "How many are laid on the picture, one after another.")
        @Range(min = 2, max = 64)
        int patches,
    @Label(value = "Size", help = "Side of a patch, as a share of the picture's shorter side.")
        @Range(min = .05, max = .5)
        double size,
    @Label(value = "Tries", help = "How many patches are tried; the strongest are taken.")
        @Range(min = 1, max = 10_000)
        @Suggested({"100", "300", "1000"})
        int tries,
    @Label(value = "Effect", help = "How far a patch must raise a class's probability.")
        @Range(min = .01, max = 1)
        double effect)
    implements Check {
  public PlantedPatches() {
    this(4, .25, 300, .2);
  }

  @Override
  public String id() {
    return "planted";
  }

  @Override
  public String title() {
    return "Planted patches";
  }

  @Override
  public String description() {
    return "See whether the method finds patches that change what the model says of the picture.";
  }

  @Override
  public Effort effort() {
    return Effort.LONG;
  }

  @Override
  public List<String> measures() {
    return List.of("rank", "mass", "pointing", "area");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    ImagePreprocessor preprocessor =
        subject
            .x()
            .preprocessor()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        "It is not known how pictures become this model's input, so that nothing"
                            + " can be laid on them."));
    Explainer explainer = subject.explainer();
    List<Plant> plants =
        new Planting(patches, size, tries, effect, subject.seed())
            .in(explainer, preprocessor, subject.image().prepared().pixels(), progress.part(0, .5));
    Search search =
        Search.of(subject.method(), explainer, preprocessor, plants, progress.part(.5, 1));
    Map<String, Search> found = new LinkedHashMap<>();
    found.put(subject.method().id(), search);
    FoundPlants shown = new FoundPlants(explainer.model(), plants, found, Map.of());
    Mean rank = Mean.of(search.ranks());
    double area = shown.area();
    return Finding.of(
        this,
        "finds planted patches",
        answer(rank, area),
        String.format(
            Locale.ROOT,
            "%.0f %% of the strongest pixels lie on the patches (95 %% interval of the mean over"
                + " %d: %s), of random numbers %.0f %%.",
            100 * rank.value(),
            plants.size(),
            rank.interval(),
            100 * area),
        List.of(
            Measure.higher("rank", rank.value(), "0 to 1"),
            Measure.higher("mass", Mean.of(search.masses()).value(), "0 to 1"),
            Measure.higher("pointing", Mean.of(search.hits()).value(), "0 to 1"),
            Measure.plain("area", area, "0 to 1")),
        shown.pictures());
  }

  /** Open where the interval takes in what random numbers do. */
  private static Answer answer(Mean rank, double area) {
    if (rank.low() > area) {
      return Answer.YES;
    }
    return rank.high() <= area || rank.value() <= area ? Answer.NO : Answer.OPEN;
  }
}
