package dev.picasso.model.drawing;

import dev.picasso.model.drawing.LayerGraph.Vertex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Simple steps stacked on what they read: an activation on its normalization on its convolution.
 *
 * @param all none before what it reads
 */
record Stacks(List<Stack> all) {
  /** What begins a stack of its own, in the words of Keras and ONNX. */
  private static final Pattern LARGE =
      Pattern.compile(
          "(?i).*(conv|dense|gemm|linear|matmul|einsum|pool|attention|embedding|upsampl|resize|lstm|gru"
              + "|concat|input|model|sequential).*");

  Stacks {
    all = List.copyOf(all);
  }

  /**
   * Vertices one below the other, each read by the next alone.
   *
   * @param vertices their places in the graph
   * @param reads places of stacks
   */
  record Stack(List<Integer> vertices, List<Integer> reads) {
    Stack {
      vertices = List.copyOf(vertices);
      reads = List.copyOf(reads);
    }
  }

  static Stacks of(LayerGraph graph) {
    List<Vertex> vertices = graph.vertices();
    int[] readers = new int[vertices.size()];
    vertices.forEach(v -> v.reads().forEach(r -> readers[r]++));
    int[] stackOf = new int[vertices.size()];
    List<List<Integer>> members = new ArrayList<>();
    for (int i = 0; i < vertices.size(); i++) {
      Vertex vertex = vertices.get(i);
      boolean follows =
          vertex.reads().size() == 1
              && readers[vertex.reads().get(0)] == 1
              && !LARGE.matcher(vertex.kind()).matches();
      if (follows) {
        stackOf[i] = stackOf[vertex.reads().get(0)];
      } else {
        stackOf[i] = members.size();
        members.add(new ArrayList<>());
      }
      members.get(stackOf[i]).add(i);
    }
    List<Stack> stacks = new ArrayList<>();
    for (List<Integer> own : members) {
      Set<Integer> reads = new TreeSet<>();
      vertices.get(own.get(0)).reads().forEach(r -> reads.add(stackOf[r]));
      stacks.add(new Stack(own, List.copyOf(reads)));
    }
    return new Stacks(stacks);
  }

  /**
   * Stacks in blocks: each ends with a stack that all ways lead through, as the sum of a residual
   * block; most are that stack alone.
   */
  List<List<Integer>> blocks() {
    int[] farthest = new int[all.size()];
    Set<Integer> ends = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      for (int read : all.get(i).reads()) {
        farthest[read] = Math.max(farthest[read], i);
      }
    }
    int reach = 0;
    for (int i = 0; i < all.size(); i++) {
      if (reach <= i) {
        ends.add(i);
      }
      reach = Math.max(reach, farthest[i]);
    }
    List<List<Integer>> blocks = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      open.add(i);
      if (ends.contains(i)) {
        blocks.add(List.copyOf(open));
        open.clear();
      }
    }
    if (!open.isEmpty()) {
      blocks.add(List.copyOf(open));
    }
    return List.copyOf(blocks);
  }
}
