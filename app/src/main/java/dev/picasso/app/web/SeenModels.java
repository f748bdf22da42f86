package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.app.web.state.GivenMark;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.run.KnownModels;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.ReadyModel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The models that a person sees, by their ids: given what that person said. For one run; each stays
 * as it was when the run first came to it, so that no two of its images are given otherwise.
 */
final class SeenModels implements KnownModels {
  private final Services services;
  private final Session session;
  private final Map<String, ServedModel> used = new ConcurrentHashMap<>();
  private final Map<String, String> given = new ConcurrentHashMap<>();

  SeenModels(Services services, Session session) {
    this.services = services;
    this.session = session;
  }

  /** Some of them are found already, by what they are. */
  SeenModels(Services services, Session session, Map<String, ServedModel> found) {
    this(services, session);
    used.putAll(found);
  }

  @Override
  public <R> R use(String name, Function<ReadyModel, R> work) {
    return used.computeIfAbsent(name, this::model)
        .use(
            ready -> {
              String unused = given.computeIfAbsent(name, n -> GivenMark.of(ready));
              return work.apply(ready);
            });
  }

  @Override
  public Provenance.OfModel identity(String name) {
    return used.computeIfAbsent(name, this::model).identity();
  }

  private ServedModel model(String name) {
    try {
      return ModelRoutes.find(services, session, name);
    } catch (HttpProblem e) {
      throw new PicassoException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What tells how each was given images when it was first used, by their ids. */
  Map<String, String> given() {
    return new TreeMap<>(given);
  }
}
