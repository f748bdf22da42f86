package dev.picasso.format.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One dilated convolution against the three operators that it stands for. */
class AtrousConvolutionsTest {
  private static final Functions FUNCTIONS = Functions.standard();

  private static final Tensor BLOCK = Tensor.longs(2, 2);

  private static final Tensor PADDINGS = Tensor.of(new long[] {2, 3, 2, 2}, 2, 2);

  private static final Tensor CROPS = Tensor.of(new long[] {0, 1, 0, 0}, 2, 2);

  private static final String VALID = "{'padding': 'VALID', 'strides': [1, 1, 1, 1]}";

  @ParameterizedTest
  @CsvSource({"raw.Conv2D, 4", "raw.DepthwiseConv2dNative, 2"})
  void oneConvolutionIsWhatThreeOperatorsAre(String function, int outputs) {
    Argument kernel = new Argument.Numbers(random(3, 3, 3, outputs));
    GraphBuilder g = new GraphBuilder();
    LaidOut x = LaidOut.asIs(g.input("x", DataType.FLOAT, Shape.of(-1, 7, 8, 3)));
    Argument blocks = call(g, "raw.SpaceToBatchND", tensor(x), numbers(BLOCK), numbers(PADDINGS));
    Argument inner =
        new Argument.Tensor(
            FUNCTIONS
                .call(g, site(), function, new Inputs(List.of(blocks, kernel), named(VALID)))
                .get(0));
    Argument three = call(g, "raw.BatchToSpaceND", inner, numbers(BLOCK), numbers(CROPS));
    LaidOut one =
        AtrousConvolutions.emit(
            FUNCTIONS,
            g,
            site(),
            function,
            x,
            new Inputs(List.of(blocks, kernel), named(VALID)),
            BLOCK,
            PADDINGS,
            CROPS);
    Value expected = ((Argument.Tensor) three).value().logical(g);
    Graph graph = g.build(one.logical(g), expected);
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      List<Tensor> both = List.copyOf(compiled.run(Map.of("x", random(2, 7, 8, 3))).values());
      assertThat(both.get(0).shape()).isEqualTo(both.get(1).shape());
      assertThat(OracleCase.deviation(both.get(0), both.get(1))).isLessThan(1e-5);
    }
    assertThat(g.build(one.stored()).nodes())
        .extracting(Node::op)
        .containsOnly("Conv", "Transpose");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'padding': 'SAME', 'strides': [1, 1, 1, 1]}; 0",
        "{'padding': 'VALID', 'strides': [1, 2, 2, 1]}; 0",
        "{'padding': 'VALID', 'strides': [1, 1, 1, 1], 'data_format': 'NCHW'}; 0",
        "{'padding': 'VALID', 'strides': [1, 1, 1, 1]}; 1",
      })
  void whatIsNoDilatedConvolutionIsRefused(String attributes, long firstCrop) {
    GraphBuilder g = new GraphBuilder();
    LaidOut x = LaidOut.asIs(g.input("x", DataType.FLOAT, Shape.of(-1, 7, 8, 3)));
    Inputs inner =
        new Inputs(List.of(tensor(x), new Argument.Numbers(random(3, 3, 3, 4))), named(attributes));
    Tensor crops = Tensor.of(new long[] {firstCrop, 1, 0, 0}, 2, 2);
    assertThatThrownBy(
            () ->
                AtrousConvolutions.emit(
                    FUNCTIONS, g, site(), "raw.Conv2D", x, inner, BLOCK, PADDINGS, crops))
        .isInstanceOf(Unsupported.class)
        .hasMessageContaining("no dilated convolution");
  }

  private static Argument call(GraphBuilder g, String function, Argument... inputs) {
    return new Argument.Tensor(
        FUNCTIONS.call(g, site(), function, new Inputs(List.of(inputs), Map.of())).get(0));
  }

  private static Argument tensor(LaidOut x) {
    return new Argument.Tensor(x);
  }

  private static Argument numbers(Tensor tensor) {
    return new Argument.Numbers(tensor);
  }

  private static Map<String, Argument> named(String json) {
    Map<String, Argument> named = new LinkedHashMap<>();
    try {
      new ObjectMapper()
          .readTree(json.replace('\'', '"'))
          .properties()
          .forEach(f -> named.put(f.getKey(), new Argument.Plain(f.getValue())));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return named;
  }

  private static Tensor random(long... dims) {
    Random random = new Random(7);
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, dims);
  }

  private static Site site() {
    return new Site() {
      @Override
      public String kind() {
        return "raw";
      }

      @Override
      public String path() {
        return "node";
      }

      @Override
      public void note(String sentence) {
        throw new AssertionError(sentence);
      }

      @Override
      public Value constant(GraphBuilder g, String role, Tensor tensor) {
        return g.constant(role, tensor);
      }
    };
  }
}
