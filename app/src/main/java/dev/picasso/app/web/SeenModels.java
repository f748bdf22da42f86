package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.visualization.OtherModels;
import dev.picasso.visualization.ReadyModel;
import java.util.function.Function;

/** The models that a person sees, by their ids. */
record SeenModels(Services services, Session session) implements OtherModels {
  @Override
  public <R> R use(String name, Function<ReadyModel, R> work) {
    return model(name).use(work);
  }

  private ServedModel model(String name) {
    try {
      return ModelRoutes.find(services, session, name);
    } catch (HttpProblem e) {
      throw new PicassoException(String.valueOf(e.getMessage()), e);
    }
  }
}
