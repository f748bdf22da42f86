package dev.picasso.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PadFoldingTest {
  private final GraphBuilder g = new GraphBuilder();
  private final Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 2, 5, 4));

  private static Attributes pads(long... pads) {
    return Attributes.of("pads", pads);
  }

  private Value conv(Value in, Attributes attributes) {
    float[] w = new float[3 * 2 * 3 * 3];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) Math.sin(i + 1.0);
    }
    return g.conv(in, g.constant(Tensor.of(w, 3, 2, 3, 3)), Optional.empty(), attributes);
  }

  private static List<String> ops(Graph graph) {
    return graph.nodes().stream().map(Node::op).toList();
  }

  @Test
  void zerosBeforeAConvolutionBecomeItsOwn() {
    check(g.build(conv(g.pad(x, 0, 0, 2, 1, 0, 0, 0, 3), pads(1, 0, 0, 1))), true);
  }

  @Test
  void soDoZerosAroundAllAxesAndWithStrides() {
    Value padded = g.op("Pad", x, g.longs(0, 0, 1, 1, 0, 0, 1, 1));
    check(g.build(conv(padded, Attributes.of("strides", new long[] {2, 2}))), true);
  }

  @Test
  void bothReadersOfOnePaddingTakeItOver() {
    Value padded = g.pad(x, 0, 0, 1, 1, 0, 0, 1, 1);
    check(g.build(g.add(conv(padded, Attributes.none()), conv(padded, Attributes.none()))), true);
  }

  @Test
  void anythingButZerosAroundTheImageStays() {
    Value ones = g.op("Pad", x, g.longs(0, 0, 1, 1, 0, 0, 1, 1), g.scalarLike(x, 1));
    Value mirrored =
        g.op("Pad", Attributes.of("mode", "reflect"), x, g.longs(0, 0, 1, 1, 0, 0, 1, 1));
    Value cropped = g.pad(x, 0, 0, -1, 0, 0, 0, 0, 0);
    check(g.build(conv(ones, Attributes.none())), false);
    check(g.build(conv(mirrored, Attributes.none())), false);
    check(g.build(conv(cropped, Attributes.none())), false);
  }

  @Test
  void thePaddingStaysReadableWhereItIsAskedFor() {
    Value padded = g.pad(x, 0, 0, 1, 1, 0, 0, 1, 1);
    Graph graph = g.build(conv(padded, Attributes.none()));

    Graph folded = new PadFolding().apply(graph, Set.of(padded.name()));

    assertThat(folded.find(padded.name())).isPresent();
    assertThat(folded.producer(graph.outputs().get(0)).orElseThrow().inputs()).startsWith("x");
  }

  private void check(Graph graph, boolean folds) {
    Graph folded = new PadFolding().apply(graph, Set.of());
    assertThat(ops(folded).contains("Pad")).isEqualTo(!folds);
    float[] values = new float[3 * 2 * 5 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.cos(3.0 * i);
    }
    Map<String, Tensor> in = Map.of("x", Tensor.of(values, 3, 2, 5, 4));
    String y = graph.outputs().get(0);
    Tensor before = new OneOff().run(graph, in).get(y);
    Tensor after = new OneOff().run(folded, in).get(y);
    assertThat(after.shape()).isEqualTo(before.shape());
    assertThat(after.floats()).containsExactly(before.floats(), Offset.offset(1e-5f));
  }
}
