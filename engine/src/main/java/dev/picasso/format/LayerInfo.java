package dev.picasso.format;

/**
 * A layer of the model file and the value of the graph that holds its output.
 *
 * @param name as in the file; layers of nested models as "outer/inner"
 * @param kind as in the file, such as "Conv2D"
 * @param value the name of the graph's value
 * @param channelsMoved whether the value is stored with its channels moved to axis 1 although the
 *     file has them last; {@code [N, H, W, C]} of the file is {@code [N, C, H, W]} in the graph
 *     then
 * @param parameters number of weights of this layer
 */
public record LayerInfo(
    String name, String kind, String value, boolean channelsMoved, long parameters) {}
