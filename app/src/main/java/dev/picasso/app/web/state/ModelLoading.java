package dev.picasso.app.web.state;

import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Loads models one after the other on a thread of its own, so that no request waits for it. */
public final class ModelLoading implements AutoCloseable {
  private final ModelLoader loader;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "picasso-models");
            made.setDaemon(true);
            return made;
          });

  public ModelLoading(ModelLoader loader) {
    this.loader = loader;
  }

  CompletableFuture<ReadyModel> load(ConfiguredModel configured) {
    return CompletableFuture.supplyAsync(
        () -> ReadyModel.load(configured, loader, RuntimeOptions.defaults()), thread);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
