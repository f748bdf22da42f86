package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.RemovedModel;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.visualization.Visualization;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the models of a run again, by what they compute: their names may be others' now, and
 * whoever repeats a colleague's run has not opened the models himself.
 */
final class RunModels {
  private final Services services;

  RunModels(Services services) {
    this.services = services;
  }

  /**
   * The models of a run.
   *
   * @param others those that are set beside it, by what the settings of the run call them
   */
  record Found(ServedModel model, Map<String, ServedModel> others) {
    /** Those beside it, by what they are called now. */
    Map<String, ServedModel> byId() {
      return others.values().stream().distinct().collect(Collectors.toMap(ServedModel::id, m -> m));
    }

    /** The settings of the run, calling them so. */
    Map<String, String> settings(Visualization<?> visualization, Map<String, String> then) {
      Map<String, String> ids = new LinkedHashMap<>();
      others.forEach((name, other) -> ids.put(name, other.id()));
      boolean asThen = ids.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()));
      return asThen ? then : RunOrders.callingOthers(visualization, then, ids);
    }
  }

  /**
   * Each model that is given images as it was then, or else is called as it was: among those that
   * the person sees, or else one that somebody else has opened, which then is this person's too.
   *
   * @param others what the settings of the run call the models beside its own
   * @throws HttpProblem if the server has one no more, with what to do; nobody's models have
   *     changed then
   */
  Found find(Session session, ShownRun run, List<String> others) {
    Supplier<ServedModel> first = whereabouts(session, Wanted.first(run));
    Map<String, Supplier<ServedModel>> beside = new LinkedHashMap<>();
    for (String name : others) {
      beside.put(name, whereabouts(session, Wanted.beside(run, name)));
    }
    ServedModel model = first.get();
    Map<String, ServedModel> found = new LinkedHashMap<>();
    beside.forEach((name, there) -> found.put(name, there.get()));
    return new Found(model, found);
  }

  /**
   * What is known of a model of a run.
   *
   * @param id that it had
   * @param made which model it was; nothing of a run that has not begun
   * @param given tells how it was given images
   * @param part what it was in the run, for people
   */
  private record Wanted(String id, String title, JsonNode made, String given, String part) {
    static Wanted first(ShownRun run) {
      ObjectNode asked = run.order();
      String id = asked.path("model").asText();
      return new Wanted(
          id,
          asked.path("modelTitle").asText(id),
          run.provenance().path("model"),
          asked.path("given").asText(),
          "");
    }

    static Wanted beside(ShownRun run, String name) {
      JsonNode made = run.provenance().path("others").path(name);
      return new Wanted(
          name,
          made.path("title").asText(name),
          made,
          run.order().path("othersGiven").path(name).asText(),
          ", which stood beside its own,");
    }

    String graph() {
      return made.path("graph").asText();
    }

    HttpProblem gone(boolean isAnother) {
      String sha256 = made.path("sha256").asText();
      return new HttpProblem(
          404,
          (isAnother
                      ? "What is called %s here computes something else than the model of this"
                          + " run%s."
                      : "The model %s%s is not on this server any more.")
                  .formatted(
                      HttpProblem.shown(title), isAnother ? part.replaceFirst(",$", "") : part)
              + " Open its file, %s%s, on the page, under whatever name; then repeat the run."
                  .formatted(
                      HttpProblem.shown(made.path("file").asText()),
                      sha256.isEmpty() ? "" : " (SHA-256 " + sha256 + ")"));
    }
  }

  /** Gives the model when it is needed; that there is one is known before. */
  private Supplier<ServedModel> whereabouts(Session session, Wanted wanted) {
    if (wanted.graph().isEmpty()) { // it has not begun, or is of a former program
      ServedModel called = ModelRoutes.find(services, session, wanted.id());
      return () -> called;
    }
    Optional<Candidate> own = nearest(seen(session), wanted, true);
    if (own.filter(Candidate::asThen).isPresent()) {
      return own.get()::model;
    }
    Optional<RemovedModel> removed =
        session.removedModels().stream().filter(gone -> is(gone, wanted)).findFirst();
    if (own.isEmpty() && removed.isPresent()) {
      return () -> ModelRoutes.putBack(services, session, removed.get());
    }
    Optional<Candidate> theirs = nearest(services.people().models().stream(), wanted, false);
    return theirs
        .filter(t -> own.isEmpty() || Candidate.NEAREST.compare(t, own.get()) < 0)
        .<Supplier<ServedModel>>map(t -> () -> new ModelCopies(services).copy(session, t.model()))
        .or(() -> own.map(o -> o::model))
        .orElseThrow(() -> wanted.gone(seen(session).anyMatch(m -> m.id().equals(wanted.id()))));
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

    static Candidate of(ServedModel model, Wanted wanted) {
      boolean asThen = model.given().filter(wanted.given()::equals).isPresent();
      return new Candidate(model, asThen, model.id().equals(wanted.id()));
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
      Stream<ServedModel> models, Wanted wanted, boolean byName) {
    List<Candidate> likely =
        models.map(m -> Candidate.of(m, wanted)).sorted(Candidate.NEAREST).toList();
    Optional<Candidate> best = Optional.empty();
    for (Candidate each : likely) {
      if (best.filter(Candidate::isTheOne).isEmpty()
          && is(each.model(), wanted.made(), byName && each.named())) {
        Candidate loaded = Candidate.of(each.model(), wanted);
        best =
            best.filter(b -> Candidate.NEAREST.compare(b, loaded) <= 0)
                .or(() -> Optional.of(loaded));
      }
    }
    return best;
  }

  /** Whether a model that was taken away is that one, as far as can be told without loading it. */
  private static boolean is(RemovedModel gone, Wanted wanted) {
    String sha256 = wanted.made().path("sha256").asText();
    return gone.model()
        .known()
        .map(known -> known.graph().equals(wanted.graph()))
        .orElseGet(() -> gone.model().fileHash().filter(sha256::equals).isPresent());
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
}
