package dev.picasso.run.figure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of the results a figure shows.
 *
 * @param rows places of images, counted from 1; all for none
 * @param columns {@code image}, places of maps counted from 1, or headings or a part of them, in
 *     that order; all for none
 * @param scales which maps share a scale
 * @param caption what is written below; empty for what the results tell
 * @param headings what heads columns instead of what the results tell, by what chooses the column
 * @param labels what stands before rows instead of the image's name, by places of images counted
 *     from 1
 */
public record FigureChoice(
    List<Integer> rows,
    List<String> columns,
    Scales scales,
    Optional<String> caption,
    Map<String, String> headings,
    Map<Integer, String> labels) {
  public FigureChoice {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    headings = Map.copyOf(headings);
    labels = Map.copyOf(labels);
  }
}
