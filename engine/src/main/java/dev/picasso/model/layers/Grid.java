package dev.picasso.model.layers;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * How the positions of the image, h rows of w, lie in a value. Whatever the layout, {@link #toGrid}
 * makes [N, C, h, w] of it.
 */
public sealed interface Grid {
  /** Rows of positions; 0 where there is no grid. */
  int height();

  /** Positions in a row; 0 where there is no grid. */
  int width();

  /** How many positions there are. */
  default int positions() {
    return height() * width();
  }

  /** For people, as in "14x14", or "14x14 +1" with one token more; empty where there is no grid. */
  default String words() {
    return positions() == 0 ? "" : height() + "x" + width();
  }

  /**
   * Emits the value as [N, C, h, w]; tokens that are no position, such as the class token, are left
   * out.
   *
   * @param value that lies in this way, such as the layer's output or its gradient; any batch
   * @throws IllegalStateException if there is no grid
   */
  Value toGrid(GraphBuilder g, Value value);

  /**
   * The way back of {@link #toGrid}.
   *
   * @param like the value that the grid was made of; what is no position of it is kept
   * @param grid [N, C, h, w], of the same batch
   * @return a value of the shape of {@code like} that can take its place
   * @throws IllegalStateException if there is no grid
   */
  Value fromGrid(GraphBuilder g, Value like, Value grid);

  /** [N, C, h, w], as behind a convolution. */
  record Spatial(int height, int width) implements Grid {
    @Override
    public Value toGrid(GraphBuilder g, Value value) {
      return value;
    }

    @Override
    public Value fromGrid(GraphBuilder g, Value like, Value grid) {
      return grid;
    }
  }

  /** [N, h, w, C], as in Swin transformers and the blocks of ConvNeXt. */
  record SpatialLast(int height, int width) implements Grid {
    @Override
    public Value toGrid(GraphBuilder g, Value value) {
      return g.transpose(value, 0, 3, 1, 2);
    }

    @Override
    public Value fromGrid(GraphBuilder g, Value like, Value grid) {
      return g.transpose(grid, 0, 2, 3, 1);
    }
  }

  /**
   * [N, T, C] with T = leading + h·w + trailing, the positions row by row.
   *
   * @param leading tokens before those of the positions: class, distillation, registers
   * @param trailing tokens after them
   */
  record Tokens(int height, int width, int leading, int trailing) implements Grid {
    @Override
    public Value toGrid(GraphBuilder g, Value value) {
      Value rows = inner(g, value, 1, this);
      Value channelsFirst = g.transpose(rows, 0, 2, 1);
      return g.reshape(channelsFirst, channelsFirst.dim(0), channelsFirst.dim(1), height, width);
    }

    @Override
    public Value fromGrid(GraphBuilder g, Value like, Value grid) {
      Value flat = g.reshape(grid, grid.dim(0), grid.dim(1), positions());
      return around(g, like, 1, this, g.transpose(flat, 0, 2, 1));
    }

    @Override
    public String words() {
      int others = leading + trailing;
      return height + "x" + width + (others > 0 ? " +" + others : "");
    }

    int tokens() {
      return leading + positions() + trailing;
    }
  }

  /** The same with channels first: [N, C, T]. */
  record TokensLast(Tokens tokens) implements Grid {
    @Override
    public int height() {
      return tokens.height();
    }

    @Override
    public int width() {
      return tokens.width();
    }

    @Override
    public String words() {
      return tokens.words();
    }

    @Override
    public Value toGrid(GraphBuilder g, Value value) {
      Value inner = inner(g, value, 2, tokens);
      return g.reshape(inner, Shape.of(inner.dim(0), inner.dim(1), height(), width()));
    }

    @Override
    public Value fromGrid(GraphBuilder g, Value like, Value grid) {
      Value flat = g.reshape(grid, grid.dim(0), grid.dim(1), positions());
      return around(g, like, 2, tokens, flat);
    }
  }

  /** No positions: a vector for each image, or something that mixes them. */
  record None() implements Grid {
    @Override
    public int height() {
      return 0;
    }

    @Override
    public int width() {
      return 0;
    }

    @Override
    public Value toGrid(GraphBuilder g, Value value) {
      throw new IllegalStateException(value.name() + " has no positions");
    }

    @Override
    public Value fromGrid(GraphBuilder g, Value like, Value grid) {
      throw new IllegalStateException(like.name() + " has no positions");
    }
  }

  private static Value inner(GraphBuilder g, Value value, int axis, Tokens tokens) {
    long end = tokens.leading() + (long) tokens.positions();
    boolean all = tokens.leading() == 0 && tokens.trailing() == 0;
    return all ? value : g.slice(value, axis, tokens.leading(), end);
  }

  private static Value around(GraphBuilder g, Value like, int axis, Tokens tokens, Value inner) {
    List<Value> parts = new ArrayList<>();
    if (tokens.leading() > 0) {
      parts.add(g.slice(like, axis, 0, tokens.leading()));
    }
    parts.add(inner);
    if (tokens.trailing() > 0) {
      parts.add(g.slice(like, axis, (long) tokens.tokens() - tokens.trailing(), tokens.tokens()));
    }
    return g.concat(axis, parts);
  }
}
