package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;

/**
 * How a layer with weights, z = w·x + b, gives the relevance R of its outputs to its inputs. A
 * value: rules are records. In the formulas j is an output, i an input, and ε = 10⁻⁶ keeps
 * denominators from zero, with the sign of z where sign(0) = +1.
 */
public interface LayerRule {
  /**
   * Emits the relevance of the layer's input.
   *
   * @param r the relevance of the layer's output, of its shape
   */
  Value relevance(GraphBuilder g, Layer layer, Value r);

  /** Whether an input that is zero gets none. */
  default boolean byContribution() {
    return true;
  }

  /**
   * Each input by what it contributes: R_i = Σ_j x_i·w_ij / (z_j + ε·sign z_j) · R_j. Bach et al.
   * 2015, doi 10.1371/journal.pone.0130140, eq. 58.
   */
  record Epsilon(double epsilon) implements LayerRule {
    public Epsilon() {
      this(Stabilizer.EPSILON);
    }

    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      Value share = g.div(r, layer.stabilized(epsilon));
      return g.mul(layer.x(), layer.whole().back(share));
    }
  }

  /**
   * Only what raises the output: R_i = Σ_j (x_i·w_ij)⁺ / (Σ_i (x_i·w_ij)⁺ + b_j⁺ + ε) · R_j. Bach
   * et al. 2015, eq. 60 with α = 1 and β = 0; for inputs that are not negative the z⁺ rule of
   * Montavon et al. 2017, arXiv 1512.02479.
   */
  record Plus() implements LayerRule {
    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      return layer.raising().share(r);
    }
  }

  /**
   * What raises the output, weighted with α, and what lowers it, with β: R_i = Σ_j (α·(x_i·w_ij)⁺ /
   * z_j⁺ − β·(x_i·w_ij)⁻ / z_j⁻) · R_j, where z⁺ and z⁻ are the sums of each with their part of the
   * bias. Bach et al. 2015, eq. 60.
   *
   * @param alpha one more than beta, so that relevance is conserved
   */
  record AlphaBeta(double alpha, double beta) implements LayerRule {
    public AlphaBeta {
      if (!(beta >= 0) || Math.abs(alpha - beta - 1) > 1e-6) {
        throw new IllegalArgumentException(
            "alpha is "
                + alpha
                + " and beta "
                + beta
                + "; alpha must be beta + 1, beta at least 0.");
      }
    }

    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      Value raising = g.mul(layer.raising().share(r), alpha);
      return beta == 0 ? raising : g.sub(raising, g.mul(layer.lowering().share(r), beta));
    }
  }

  /**
   * What has the sign of the output counts more: R_i = Σ_j x_i·(w_ij + γ·w_ij⁺) / (Σ_i x_i·(w_ij +
   * γ·w_ij⁺) + b_j + γ·b_j⁺) · R_j for inputs that are not negative and an output that is positive.
   * Montavon et al. 2019, doi 10.1007/978-3-030-28954-6_10. For other signs it is what Andéol et
   * al. 2021, arXiv 2112.11900, made of it: contributions x_i·w_ij of the sign of z_j count 1 + γ
   * times, those against it once. The sign is that of the output with its bias in any case.
   */
  record Gamma(double gamma) implements LayerRule {
    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      return layer.inputIsNotNegative() && layer.isRectified()
          ? rectified(g, layer, r)
          : ofAnySign(g, layer, r);
    }

    /** No relevance comes where z is not positive, so that those denominators do not matter. */
    private Value rectified(GraphBuilder g, Layer layer, Value r) {
      Layer.Part raised = layer.part(w -> w + gamma * Math.max(w, 0));
      Value z = raised.of(layer.x(), b -> b + gamma * Math.max(b, 0));
      Value share = g.div(r, g.add(g.relu(z), Stabilizer.EPSILON));
      return g.mul(layer.x(), raised.back(share));
    }

    /**
     * The contributions c = x·w of the output's sign are (c + sign z·|c|)/2. So the denominator is
     * (1 + γ/2)·Σc + sign z · γ/2·Σ|c|, and what an input gets is (1 + γ/2)·c and sign z · γ/2·|c|
     * of it.
     */
    private Value ofAnySign(GraphBuilder g, Layer layer, Value r) {
      Layer.Part sizes = layer.part(Math::abs);
      Value x = g.abs(layer.x());
      Value sign = g.sign(layer.total());
      Value total = g.mul(sign, g.mul(sizes.of(x, Math::abs), gamma / 2));
      Value z = g.add(g.mul(layer.z(), 1 + gamma / 2), total);
      Value share = g.div(r, Stabilizer.stabilized(g, z, Stabilizer.EPSILON, false));
      return g.add(
          g.mul(g.mul(layer.x(), layer.whole().back(share)), 1 + gamma / 2),
          g.mul(g.mul(x, sizes.back(g.mul(share, sign))), gamma / 2));
    }
  }

  /**
   * For pixels between two bounds l and h: R_i = Σ_j (x_i·w_ij − l_i·w_ij⁺ − h_i·w_ij⁻) / Σ_i (…) ·
   * R_j, without the bias. Montavon et al. 2017, arXiv 1512.02479, the z^B rule.
   *
   * @param low the smallest value that a pixel can have as it is fed, for each channel or one for
   *     all
   * @param high the largest
   */
  record Box(List<Float> low, List<Float> high) implements LayerRule {
    public Box {
      low = List.copyOf(low);
      high = List.copyOf(high);
      if (low.isEmpty() || low.size() != high.size()) {
        throw new IllegalArgumentException(
            "there are " + low.size() + " lower bounds and " + high.size() + " upper ones.");
      }
    }

    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      PixelBounds.Pair bounds = layer.pixels(low, high);
      Layer.Part up = layer.part(w -> Math.max(w, 0));
      Layer.Part down = layer.part(w -> Math.min(w, 0));
      Value least = g.add(up.of(bounds.low()), down.of(bounds.high()));
      Value span = g.sub(layer.withoutBias(), least);
      Value share = g.div(r, Stabilizer.stabilized(g, span, Stabilizer.EPSILON, false));
      return g.add(
          g.mul(g.sub(layer.x(), bounds.low()), up.back(share)),
          g.mul(g.sub(layer.x(), bounds.high()), down.back(share)));
    }

    @Override
    public boolean byContribution() {
      return false;
    }
  }

  /** The same to each input: R_i = Σ_j R_j / n_j, n_j the number of inputs that j sees. */
  record Flat() implements LayerRule {
    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      Layer.Part ones = layer.part(w -> 1);
      return ones.back(g.div(r, ones.of(layer.ones())));
    }

    @Override
    public boolean byContribution() {
      return false;
    }
  }
}
