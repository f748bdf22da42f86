package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A convolution between SpaceToBatchND and BatchToSpaceND, as TensorFlow 1 wrote dilated ones, as
 * one convolution with dilations.
 */
public final class AtrousConvolutions {
  private AtrousConvolutions() {}

  /**
   * Emits all three operators at once.
   *
   * @param function the convolution: "raw.Conv2D", "raw.DepthwiseConv2dNative" or
   *     "raw._FusedConv2D"
   * @param x [N, H, W, C], as it was before its places went into the batch
   * @param inner what the convolution was called with; its first argument is x here
   * @param block the side of a block along H and W
   * @param paddings of SpaceToBatchND, [2, 2]
   * @param crops of BatchToSpaceND, [2, 2]
   * @throws Unsupported if the three are no dilated convolution: the convolution pads or strides
   *     itself, or crops do not end where the padding does
   */
  public static LaidOut emit(
      Functions functions,
      GraphBuilder g,
      Site site,
      String function,
      LaidOut x,
      Inputs inner,
      Tensor block,
      Tensor paddings,
      Tensor crops) {
    long[] sides = block.longs();
    long[] added = paddings.longs();
    long[] cut = crops.longs();
    boolean fits =
        x.rank() == 4
            && sides.length == 2
            && added.length == 4
            && cut.length == 4
            && cut[0] == 0
            && cut[2] == 0
            && added[1] >= cut[1]
            && added[3] >= cut[3];
    if (!fits || !isPlain(inner)) {
      throw new Unsupported("its blocks, paddings and crops are those of no dilated convolution.");
    }
    Map<String, Argument> named = new LinkedHashMap<>(inner.named());
    named.put("padding", new Argument.Plain(TextNode.valueOf("EXPLICIT")));
    named.put(
        "explicit_paddings",
        numbers(0, 0, added[0], added[1] - cut[1], added[2], added[3] - cut[3], 0, 0));
    named.put("dilations", numbers(1, sides[0], sides[1], 1));
    List<Argument> positional = new ArrayList<>(inner.positional());
    positional.set(0, new Argument.Tensor(x));
    return functions.call(g, site, function, new Inputs(positional, named)).get(0);
  }

  /** Whether a convolution neither pads, strides nor dilates by itself, with channels last. */
  private static boolean isPlain(Inputs inner) {
    return !inner.positional().isEmpty()
        && text(inner, "padding", "VALID").equals("VALID")
        && text(inner, "data_format", "NHWC").equals("NHWC")
        && ones(inner, "strides")
        && ones(inner, "dilations");
  }

  private static String text(Inputs inner, String name, String whenAbsent) {
    return inner.named().get(name) instanceof Argument.Plain plain
        ? plain.value().asText()
        : whenAbsent;
  }

  private static boolean ones(Inputs inner, String name) {
    return !(inner.named().get(name) instanceof Argument.Plain plain)
        || StreamSupport.stream(plain.value().spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .allMatch(n -> n == 1);
  }

  private static Argument numbers(long... numbers) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (long number : numbers) {
      array.add(number);
    }
    return new Argument.Plain(array);
  }
}
