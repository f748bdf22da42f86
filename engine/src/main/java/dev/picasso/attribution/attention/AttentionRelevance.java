package dev.picasso.attribution.attention;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Relevance of tokens, [N, h, w] on their grid, not negative: Ā = mean over heads of ReLU(A ⊙
 * ∂S/∂A), R ← R + Ā·R over the blocks from the first, R being the identity before; then the row of
 * the class token without the tokens that are no position, or the mean of all rows where there is
 * no class token. Chefer et al. 2021, arXiv 2103.15679, eq. 5 and 6.
 */
@AutoService(Attribution.class)
public record AttentionRelevance() implements GraphMethod {
  @Override
  public String id() {
    return "attention-relevance";
  }

  @Override
  public String title() {
    return "Attention relevance";
  }

  @Override
  public String description() {
    return "See which patches a transformer's attention carries to the class, through all its"
        + " blocks.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chefer et al. 2021, Generic Attention-model Explainability",
            "https://arxiv.org/abs/2103.15679"));
  }

  @Override
  public Family family() {
    return Family.ATTENTION;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.LAYER;
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "attention that raises the score, followed through all blocks";
  }

  @Override
  public Optional<Layer> positions(Model model) {
    return Optional.of(AttentionMaps.of(model, model.scores().graph()).layer());
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    AttentionMaps attention = AttentionMaps.of(s.model(), s.graph());
    List<AttentionMaps.Block> blocks = attention.blocks();
    List<Value> gradients = s.gradients(blocks.stream().map(AttentionMaps.Block::value).toList());
    int count = attention.count();
    boolean classToken = attention.tokens().leading() > 0;
    // A row of R is enough: e·(1 + Ā_L)·…·(1 + Ā_1), from the last block to the first.
    Value row = g.constant(Tensor.of(start(count, classToken), 1, 1, count));
    for (int i = blocks.size() - 1; i >= 0; i--) {
      Value weights = s.value(blocks.get(i).value());
      Value raising = g.relu(g.mul(weights, gradients.get(i)));
      Shape byHead = Shape.of(Shape.BATCH, blocks.get(i).heads(), count, count);
      Value mean = g.mean(g.reshape(raising, byHead), false, 1);
      row = g.add(row, g.matMul(row, mean));
    }
    int leading = attention.tokens().leading();
    int positions = attention.tokens().positions();
    Value kept = g.slice(row, 2, leading, (long) leading + positions);
    return g.reshape(
        kept, Shape.of(Shape.BATCH, attention.tokens().height(), attention.tokens().width()));
  }

  private static float[] start(int count, boolean classToken) {
    float[] row = new float[count];
    if (classToken) {
      row[0] = 1;
    } else {
      Arrays.fill(row, 1f / count);
    }
    return row;
  }
}
