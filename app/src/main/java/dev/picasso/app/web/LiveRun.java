package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.run.ProvenanceJson;
import dev.picasso.visualization.Visualization;
import java.nio.file.Path;
import java.util.Optional;

/** A run of a session. */
record LiveRun(Run run, MethodPages pages) implements ShownRun {
  @Override
  public String id() {
    return run.id();
  }

  @Override
  public ObjectNode order() {
    return RunJson.order(run);
  }

  @Override
  public ObjectNode status() {
    return RunJson.status(run, run.status());
  }

  @Override
  public int total() {
    return run.order().images().size();
  }

  @Override
  public ObjectNode picture(int index) {
    StoredImage image = run.order().images().get(index);
    ObjectNode json = Json.object();
    run.order().labels().get(index).ifPresent(label -> json.put("label", label));
    return json.put("image", image.name())
        .put("imageId", image.id())
        .put("imageWidth", image.width())
        .put("imageHeight", image.height());
  }

  @Override
  public Optional<ObjectNode> result(int index) {
    return run.result(index).map(RunResult::json);
  }

  @Override
  public Path folder() {
    return run.folder();
  }

  @Override
  public ObjectNode provenance() {
    return run.provenance().map(ProvenanceJson::of).orElseGet(Json::object);
  }

  @Override
  public ObjectNode model() {
    return ModelJson.of(run.order().model());
  }

  @Override
  public boolean tellsNumbers() {
    return run.order().model().ready().filter(r -> r.model().tellsNumbers()).isPresent();
  }

  @Override
  public ObjectNode visualization() {
    return VisualizationJson.of(run.order().visualization(), pages);
  }

  @Override
  public Optional<Visualization<?>> template() {
    return Optional.of(run.order().visualization());
  }
}
