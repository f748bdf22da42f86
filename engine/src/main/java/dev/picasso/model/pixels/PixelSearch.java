package dev.picasso.model.pixels;

import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import java.util.Optional;

/** Finds out which pixels a model takes. */
public final class PixelSearch {
  private PixelSearch() {}

  /**
   * What a model tells of an input's pixels: what its file says, else what lies beside it, else
   * what its first steps do.
   */
  public static PixelEvidence of(Model model, InputSpec input) {
    PixelEvidence graph = GraphEvidence.of(model.graph(), input);
    PixelEvidence found =
        Declaration.of(model.imported(), input)
            .or(() -> TeachableMachine.beside(model.path()))
            .orElse(graph);
    Optional<ChannelOrder> order = Declaration.order(model.imported(), input);
    return found.ordered(order.or(graph::order));
  }
}
