package dev.picasso.doctor;

import dev.picasso.image.Preprocessing;
import dev.picasso.model.Model;
import dev.picasso.model.pixels.PixelEvidence;
import dev.picasso.model.pixels.PixelRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong with a model and the way into it, in words. */
record Problems(Model model, Preprocessing given, PixelEvidence told, int images) {
  private static final int MANY = 1000;
  private static final double SAME = .02;

  /**
   * All of it, the gravest first.
   *
   * @param sure whether all that was repaired is sure
   */
  List<Problem> of(
      Preprocessing repaired, List<Ranked> ranked, Scaling best, Aspect pixels, boolean sure) {
    List<Problem> problems = new ArrayList<>();
    if (!repaired.equals(given)) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              "Images are given as "
                  + DiagnosisText.numbers(given)
                  + (sure ? "; in training they were " : "; in training they likely were ")
                  + DiagnosisText.numbers(repaired)
                  + "."));
    }
    scaledTwice(best, pixels).ifPresent(problems::add);
    training(problems);
    labels(problems);
    untrained(problems);
    oneAnswer(ranked, repaired, problems);
    return problems;
  }

  private Optional<Problem> scaledTwice(Scaling best, Aspect pixels) {
    if (told.range().filter(r -> r == PixelRange.BYTES).isEmpty()) {
      return Optional.empty();
    }
    if (pixels.isAnswered() && Math.abs(best.number(255, 0) - best.number(0, 0)) < 10) {
      return Optional.of(
          new Problem(
              Problem.Kind.SCALED_TWICE,
              told.reason()
                  + ", and yet its layers know pixels of "
                  + best.words()
                  + ": it was trained with pixels that were scaled twice, and wants them so."));
    }
    double width = Math.abs(given.number(255, 0) - given.number(0, 0));
    return width < 10
        ? Optional.of(
            new Problem(
                Problem.Kind.SCALED_TWICE,
                told.reason()
                    + ", and the preprocessing scales them before: give it 0 to 255"
                    + " (preprocessing: {preset: none})."))
        : Optional.empty();
  }

  /** What the importer, or the graph, says of training. */
  private void training(List<Problem> problems) {
    model.notes().stream()
        .filter(n -> n.contains("training mode") || n.contains("was saved for training"))
        .distinct()
        .forEach(n -> problems.add(new Problem(Problem.Kind.TRAINING, n)));
  }

  private void labels(List<Problem> problems) {
    model.notes().stream()
        .filter(n -> n.contains("they are left out"))
        .forEach(n -> problems.add(new Problem(Problem.Kind.LABELS, n)));
    List<String> classes = model.classes();
    if (classes.size() > MANY && isFish(classes.get(0))) {
      problems.add(
          new Problem(
              Problem.Kind.LABELS,
              "The model has "
                  + classes.size()
                  + " classes, of which ImageNet's first is the second, behind a background; the"
                  + " labels begin with \""
                  + classes.get(0)
                  + "\". Put a line \"background\" before it."));
    }
    if (classes.size() == MANY && isFish(classes.get(1)) && !isFish(classes.get(0))) {
      problems.add(
          new Problem(
              Problem.Kind.LABELS,
              "Of a thousand classes of ImageNet the tench is the first; the labels begin with \""
                  + classes.get(0)
                  + "\". Take that line out."));
    }
  }

  private static boolean isFish(String label) {
    String plain = label.toLowerCase(Locale.ROOT);
    return plain.startsWith("tench") || plain.contains("n01440764");
  }

  private void untrained(List<Problem> problems) {
    boolean has =
        model.imported().graph().nodes().stream()
            .anyMatch(n -> n.op().equals("BatchNormalization"));
    if (has && NormalizedLayer.isUntouched(model.imported().graph())) {
      problems.add(
          new Problem(
              Problem.Kind.UNTRAINED,
              "The statistics of all normalizations are those of the beginning, mean 0 and variance"
                  + " 1: the network was never trained, or was saved without them."));
    }
  }

  private void oneAnswer(List<Ranked> ranked, Preprocessing repaired, List<Problem> problems) {
    boolean all = !model.tellsNumbers() && ranked.stream().allMatch(r -> r.information() < SAME);
    if (images >= 3 && all && repaired.equals(given)) {
      problems.add(
          new Problem(
              Problem.Kind.ONE_ANSWER,
              "All images get about the same answer, whatever input was tried."));
    }
  }
}
