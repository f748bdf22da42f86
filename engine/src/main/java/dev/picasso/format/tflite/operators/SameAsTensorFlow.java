package dev.picasso.format.tflite.operators;

import java.util.Map;

/** Operators that are an operator of TensorFlow with the same inputs and no options. */
final class SameAsTensorFlow {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ABS", "raw.Abs"),
          Map.entry("ADD_N", "raw.AddN"),
          Map.entry("ATAN2", "raw.Atan2"),
          Map.entry("BROADCAST_ARGS", "raw.BroadcastArgs"),
          Map.entry("BROADCAST_TO", "raw.BroadcastTo"),
          Map.entry("CEIL", "raw.Ceil"),
          Map.entry("COS", "raw.Cos"),
          Map.entry("ELU", "raw.Elu"),
          Map.entry("EQUAL", "raw.Equal"),
          Map.entry("EXP", "raw.Exp"),
          Map.entry("EXPAND_DIMS", "raw.ExpandDims"),
          Map.entry("FILL", "raw.Fill"),
          Map.entry("FLOOR", "raw.Floor"),
          Map.entry("FLOOR_DIV", "raw.FloorDiv"),
          Map.entry("FLOOR_MOD", "raw.FloorMod"),
          Map.entry("GATHER_ND", "raw.GatherNd"),
          Map.entry("GREATER", "raw.Greater"),
          Map.entry("GREATER_EQUAL", "raw.GreaterEqual"),
          Map.entry("LESS", "raw.Less"),
          Map.entry("LESS_EQUAL", "raw.LessEqual"),
          Map.entry("LOG", "raw.Log"),
          Map.entry("LOGICAL_AND", "raw.LogicalAnd"),
          Map.entry("LOGICAL_NOT", "raw.LogicalNot"),
          Map.entry("LOGICAL_OR", "raw.LogicalOr"),
          Map.entry("LOGISTIC", "raw.Sigmoid"),
          Map.entry("LOG_SOFTMAX", "raw.LogSoftmax"),
          Map.entry("MAXIMUM", "raw.Maximum"),
          Map.entry("MINIMUM", "raw.Minimum"),
          Map.entry("NEG", "raw.Neg"),
          Map.entry("NOT_EQUAL", "raw.NotEqual"),
          Map.entry("PAD", "raw.Pad"),
          Map.entry("PADV2", "raw.PadV2"),
          Map.entry("POW", "raw.Pow"),
          Map.entry("RANGE", "raw.Range"),
          Map.entry("RANK", "raw.Rank"),
          Map.entry("RELU", "raw.Relu"),
          Map.entry("RELU6", "raw.Relu6"),
          Map.entry("REVERSE_V2", "raw.ReverseV2"),
          Map.entry("ROUND", "raw.Round"),
          Map.entry("RSQRT", "raw.Rsqrt"),
          Map.entry("SELECT", "raw.Select"),
          Map.entry("SELECT_V2", "raw.SelectV2"),
          Map.entry("SHAPE", "raw.Shape"),
          Map.entry("SIGN", "raw.Sign"),
          Map.entry("SIN", "raw.Sin"),
          Map.entry("SLICE", "raw.Slice"),
          Map.entry("SPACE_TO_BATCH_ND", "raw.SpaceToBatchND"),
          Map.entry("BATCH_TO_SPACE_ND", "raw.BatchToSpaceND"),
          Map.entry("SQRT", "raw.Sqrt"),
          Map.entry("SQUARE", "raw.Square"),
          Map.entry("SQUARED_DIFFERENCE", "raw.SquaredDifference"),
          Map.entry("TANH", "raw.Tanh"),
          Map.entry("TILE", "raw.Tile"),
          Map.entry("TRANSPOSE", "raw.Transpose"),
          Map.entry("ZEROS_LIKE", "raw.ZerosLike"));

  private SameAsTensorFlow() {}

  static void addTo(OperatorTable table) {
    NAMES.forEach((kind, function) -> table.put(kind, (g, op) -> op.one(g, function)));
    table.putMany("TOPK_V2", (g, op) -> op.call(g, "raw.TopKV2", Map.of()));
  }
}
