package dev.picasso.model.drawing;

import dev.picasso.model.Model;
import dev.picasso.model.drawing.LayerGraph.Vertex;
import dev.picasso.model.drawing.Stacks.Stack;
import dev.picasso.model.layers.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of a model as a drawing: sections one below the other, each a row of blocks that may
 * repeat. A block has its own places from its upper left corner; what reads the block before is
 * drawn from its middle.
 *
 * @param layers in the order in which they are computed
 */
public record ModelDrawing(List<Drawn> layers, List<Section> sections) {
  /** How wide boxes are. */
  public static final double WIDTH = 240;

  /** How high the first row of a box is, which has a name too. */
  public static final double HEAD = 40;

  /** How high the others are. */
  public static final double ROW = 20;

  /** So many rows a box has at most; the last one stands for more. */
  public static final int MOST_ROWS = 6;

  /** The largest part that is looked for as repeated, in blocks. */
  private static final int LONGEST = 8;

  public ModelDrawing {
    layers = List.copyOf(layers);
    sections = List.copyOf(sections);
  }

  /**
   * A layer.
   *
   * @param shape of its output in the layout of the file; empty where it is not computed
   * @param details of its window, if it has one
   * @param layer what else is known of it
   */
  public record Drawn(
      String name,
      String kind,
      String shape,
      long parameters,
      List<Detail> details,
      Optional<Layer> layer) {
    public Drawn {
      details = List.copyOf(details);
    }

    static Drawn of(LayerGraph.Vertex v) {
      return new Drawn(v.name(), v.kind(), v.shape(), v.parameters(), v.details(), v.layer());
    }
  }

  /**
   * Blocks, and those behind them that are of the same kinds and shapes.
   *
   * @param more in turns as long as the blocks
   */
  public record Section(List<Block> blocks, List<Block> more) {
    public Section {
      blocks = List.copyOf(blocks);
      more = List.copyOf(more);
    }

    /** How often it stands there. */
    public int times() {
      return 1 + more.size() / blocks.size();
    }
  }

  /** Boxes between two places that all ways lead through. */
  public record Block(double width, double height, List<Box> boxes, List<Layered.Line> lines) {
    public Block {
      boxes = List.copyOf(boxes);
      lines = List.copyOf(lines);
    }
  }

  /**
   * Layers one upon the other.
   *
   * @param layers their places in the drawing's list
   */
  public record Box(double x, double y, double height, List<Integer> layers) {
    public Box {
      layers = List.copyOf(layers);
    }
  }

  /** The drawing of a model. */
  public static ModelDrawing of(Model model) {
    return of(LayerGraph.of(model));
  }

  static ModelDrawing of(LayerGraph graph) {
    Stacks stacks = Stacks.of(graph);
    List<Block> blocks = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (List<Integer> members : stacks.blocks()) {
      blocks.add(block(members, stacks));
      signatures.add(signature(members, stacks, graph));
    }
    List<Drawn> layers = graph.vertices().stream().map(Drawn::of).toList();
    return new ModelDrawing(layers, sections(blocks, signatures));
  }

  private static double height(Stack stack) {
    return HEAD + ROW * (Math.min(stack.vertices().size(), MOST_ROWS) - 1);
  }

  private static Block block(List<Integer> members, Stacks stacks) {
    Map<Integer, Integer> places = places(members);
    double[] heights = members.stream().mapToDouble(m -> height(stacks.all().get(m))).toArray();
    List<List<Integer>> reads =
        members.stream()
            .map(
                m ->
                    stacks.all().get(m).reads().stream()
                        .map(read -> places.getOrDefault(read, -1))
                        .distinct()
                        .toList())
            .toList();
    Layered.Result placed = Layered.of(WIDTH, heights, reads);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      boxes.add(
          new Box(
              placed.x().get(i),
              placed.y().get(i),
              heights[i],
              stacks.all().get(members.get(i)).vertices()));
    }
    return new Block(placed.width(), placed.height(), boxes, placed.lines());
  }

  /** Where in a block each of its stacks is; there are blocks of thousands. */
  private static Map<Integer, Integer> places(List<Integer> members) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      places.put(members.get(i), i);
    }
    return places;
  }

  /** Alike for blocks of the same kinds and shapes. */
  private static String signature(List<Integer> members, Stacks stacks, LayerGraph graph) {
    Map<Integer, Integer> places = places(members);
    StringBuilder text = new StringBuilder();
    for (int member : members) {
      Stack stack = stacks.all().get(member);
      for (int vertex : stack.vertices()) {
        Vertex v = graph.vertices().get(vertex);
        text.append(v.kind()).append(v.shape()).append(',');
      }
      stack.reads().forEach(r -> text.append(places.getOrDefault(r, -1)).append(' '));
      text.append(';');
    }
    return text.toString();
  }

  /** Finds what repeats: at each place the part whose repetitions reach farthest. */
  private static List<Section> sections(List<Block> blocks, List<String> signatures) {
    List<Section> sections = new ArrayList<>();
    int at = 0;
    while (at < blocks.size()) {
      int part = 1;
      int reach = 1;
      for (int length = 1; length <= LONGEST; length++) {
        int covered = length * times(signatures, at, length);
        if (covered > reach && covered > length) {
          part = length;
          reach = covered;
        }
      }
      sections.add(
          new Section(blocks.subList(at, at + part), blocks.subList(at + part, at + reach)));
      at += reach;
    }
    return sections;
  }

  private static int times(List<String> signatures, int at, int length) {
    int times = 1;
    if (at + length > signatures.size()) {
      return times;
    }
    List<String> part = signatures.subList(at, at + length);
    for (int next = at + length; next + length <= signatures.size(); next += length) {
      if (!signatures.subList(next, next + length).equals(part)) {
        return times;
      }
      times++;
    }
    return times;
  }
}
