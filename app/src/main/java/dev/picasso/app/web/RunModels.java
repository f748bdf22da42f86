package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the model of a run again, by what it computes: its name may be another's now, and whoever
 * repeats a colleague's run has not opened the model himself.
 */
final class RunModels {
  private final Services services;

  RunModels(Services services) {
    this.services = services;
  }

  /**
   * The model that is given images as it was then, or else is called as it was: among those that
   * the person sees, or else one that somebody else has opened, which then is this person's too.
   *
   * @throws HttpProblem if the server has it no more, with what to do
   */
  ServedModel find(Session session, ShownRun run) {
    ObjectNode asked = run.order();
    String id = asked.path("model").asText();
    JsonNode made = run.provenance().path("model");
    if (made.path("graph").asText().isEmpty()) {
      return ModelRoutes.find(services, session, id); // it has not begun
    }
    Optional<Candidate> own = nearest(seen(session), id, asked, made, true);
    if (own.filter(Candidate::asThen).isPresent()) {
      return own.get().model();
    }
    Optional<Candidate> theirs =
        nearest(services.people().models().stream(), id, asked, made, false);
    return theirs
        .filter(t -> own.isEmpty() || Candidate.NEAREST.compare(t, own.get()) < 0)
        .map(t -> new ModelCopies(services).copy(session, t.model()))
        .or(() -> own.map(Candidate::model))
        .orElseThrow(() -> gone(asked, made, seen(session).anyMatch(m -> m.id().equals(id))));
  }

  /**
   * A model that may be the one of a run.
   *
   * @param asThen whether it is given images as it was then, as far as that is known: of one that
   *     was never loaded it is not
   * @param named whether it is called as it was
   */
  private record Candidate(ServedModel model, boolean asThen, boolean named) {
    static final Comparator<Candidate> NEAREST =
        Comparator.comparing((Candidate c) -> !c.asThen).thenComparing(c -> !c.named);

    static Candidate of(ServedModel model, String id, ObjectNode asked) {
      boolean asThen = model.given().filter(asked.path("given").asText()::equals).isPresent();
      return new Candidate(model, asThen, model.id().equals(id));
    }

    boolean isTheOne() {
      return asThen && named;
    }
  }

  /**
   * The nearest of some; each is looked at until none can be nearer.
   *
   * @param byName whether one that is called as it was is loaded for that, whatever its file
   */
  private static Optional<Candidate> nearest(
      Stream<ServedModel> models, String id, ObjectNode asked, JsonNode made, boolean byName) {
    List<Candidate> likely =
        models.map(m -> Candidate.of(m, id, asked)).sorted(Candidate.NEAREST).toList();
    Optional<Candidate> best = Optional.empty();
    for (Candidate each : likely) {
      if (best.filter(Candidate::isTheOne).isEmpty()
          && is(each.model(), made, byName && each.named())) {
        Candidate loaded = Candidate.of(each.model(), id, asked);
        best =
            best.filter(b -> Candidate.NEAREST.compare(b, loaded) <= 0)
                .or(() -> Optional.of(loaded));
      }
    }
    return best;
  }

  /** What the person changed of everybody's models, and what these are by themselves. */
  private Stream<ServedModel> seen(Session session) {
    return Stream.concat(session.models().stream(), services.library().all().stream());
  }

  /**
   * Whether a model computes what was computed. One of which that is not known yet is loaded if its
   * file is the same, or it is likely for another reason; others are not loaded to be looked at.
   */
  private static boolean is(ServedModel model, JsonNode made, boolean likely) {
    String graph = made.path("graph").asText();
    if (model.known().isPresent()) {
      return model.known().get().graph().equals(graph);
    }
    try {
      String sha256 = made.path("sha256").asText();
      return (likely || model.fileHash().filter(sha256::equals).isPresent())
          && model.identity().graph().equals(graph);
    } catch (PicassoException e) {
      return false; // it cannot be loaded, so nothing can be repeated with it
    }
  }

  private static HttpProblem gone(ObjectNode asked, JsonNode made, boolean isAnother) {
    String title = asked.path("modelTitle").asText(asked.path("model").asText());
    String sha256 = made.path("sha256").asText();
    return new HttpProblem(
        404,
        (isAnother
                    ? "What is called %s here computes something else than the model of this run."
                    : "The model %s is not on this server any more.")
                .formatted(HttpProblem.shown(title))
            + " Open its file, %s%s, on the page, under whatever name; then repeat the run."
                .formatted(
                    HttpProblem.shown(made.path("file").asText()),
                    sha256.isEmpty() ? "" : " (SHA-256 " + sha256 + ")"));
  }
}
