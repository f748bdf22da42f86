package dev.picasso.attribution.gradients;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** What of a gradient is summed up. */
enum Moment {
  /** g. */
  FIRST {
    @Override
    Value of(GraphBuilder g, Value gradient) {
      return gradient;
    }
  },
  /** |g|. */
  ABSOLUTE {
    @Override
    Value of(GraphBuilder g, Value gradient) {
      return g.abs(gradient);
    }
  },
  /** g². */
  SECOND {
    @Override
    Value of(GraphBuilder g, Value gradient) {
      return g.square(gradient);
    }
  },
  /** g³. */
  THIRD {
    @Override
    Value of(GraphBuilder g, Value gradient) {
      return g.mul(g.square(gradient), gradient);
    }
  },
  /** g⁴. */
  FOURTH {
    @Override
    Value of(GraphBuilder g, Value gradient) {
      return g.square(g.square(gradient));
    }
  };

  abstract Value of(GraphBuilder g, Value gradient);

  /** The output of a program that holds the sum. */
  String output() {
    return "picasso/sum/" + name();
  }
}
