package dev.picasso.model.receptive;

import dev.picasso.image.Region;
import java.util.Optional;

/**
 * Where the cells of a grid lie in the image.
 *
 * @param rows what its rows see; empty where that is not known
 * @param columns what its columns see
 */
public record Cells(Optional<ReceptiveField> rows, Optional<ReceptiveField> columns) {
  /** Cells of which nothing is known. */
  public static final Cells UNKNOWN = new Cells(Optional.empty(), Optional.empty());

  /**
   * The part of the image that the grid covers, in shares of its sides: the middle of each cell is
   * where it looks. With paddings that are wider at one side the grid is shifted, and may reach
   * beyond the image. Where nothing is known of an axis its cells tile the image.
   *
   * @param height rows of the grid
   * @param width columns of the grid
   * @param imageHeight of the image, in pixels
   * @param imageWidth of the image, in pixels
   */
  public Region covered(int height, int width, int imageHeight, int imageWidth) {
    Side down = Side.of(rows, height, imageHeight);
    Side across = Side.of(columns, width, imageWidth);
    return new Region(across.from(), down.from(), across.to(), down.to());
  }

  /** Along one axis, in shares. */
  private record Side(double from, double to) {
    static Side of(Optional<ReceptiveField> field, int cells, int pixels) {
      return field
          .map(f -> new Side(f.centre(-.5) / pixels, f.centre(cells - .5) / pixels))
          .orElse(new Side(0, 1));
    }
  }
}
