package dev.picasso.gradient;

import static dev.picasso.gradient.OpCase.op;

import dev.picasso.graph.Tensor;
import java.util.stream.Stream;

/** Rows for operators that move, pick, sum or multiply, and for normalizations. */
final class StructureCases {
  private StructureCases() {}

  static Stream<OpCase> all() {
    return Stream.of(layout(), cutting(), indexing(), reductions(), products(), normalizations())
        .flatMap(s -> s);
  }

  private static Stream<OpCase> layout() {
    return Stream.of(
        op("Reshape").input(2, 3, 4).longs(2, 12),
        op("Reshape").input(-1, 3, 4).longs(-1, 2, 6),
        op("Reshape").input(-1, 3, 4).longs(0, -1),
        op("Flatten").input(-1, 3, 4),
        op("Flatten").input(2, 3, 4).with("axis", 2),
        op("Squeeze").input(2, 1, 3, 1).longs(1, -1),
        op("Squeeze").input(2, 1, 3, 1),
        op("Unsqueeze").input(-1, 3).longs(1, -1),
        op("Transpose").input(2, 3, 4),
        op("Transpose").input(-1, 3, 4, 2).list("perm", 0, 2, 3, 1),
        op("Transpose").input(2, 3, 4).list("perm", 1, 2, 0),
        op("Expand").input(2, 1, 3).longs(2, 4, 3),
        op("Expand").input(3, 1).longs(2, 1, 4),
        op("Expand").input(2, 4).longs(1),
        op("Tile").input(2, 3).longs(2, 3),
        op("Tile").input(-1, 3, 2).longs(1, 2, 1),
        op("DepthToSpace").input(2, 8, 2, 3).with("blocksize", 2),
        op("DepthToSpace").input(-1, 8, 2, 3).with("blocksize", 2).with("mode", "CRD"),
        op("DepthToSpace").input(1, 9, 2, 2).with("blocksize", 3).with("mode", "DCR"),
        op("SpaceToDepth").input(2, 2, 4, 6).with("blocksize", 2),
        op("SpaceToDepth").input(-1, 2, 3, 6).with("blocksize", 3),
        op("ReverseSequence").input(4, 3, 2).longs(1, 4, 2),
        op("ReverseSequence").input(3, 5).longs(5, 1, 3).with("batch_axis", 0).with("time_axis", 1),
        op("ReverseSequence")
            .input(-1, 3, 4)
            .fed(Tensor.longs(2, 3))
            .with("batch_axis", 0)
            .with("time_axis", 1),
        op("Trilu").input(2, 4, 4),
        op("Trilu").input(3, 4).given(Tensor.scalar(1L)),
        op("Trilu").input(4, 4).given(Tensor.scalar(-1L)).with("upper", 0));
  }

  private static Stream<OpCase> cutting() {
    return Stream.of(
        op("Concat").input(2, 3).weight(2, 1).input(2, 2).with("axis", 1),
        op("Concat").input(-1, 3, 2).input(-1, 1, 2).with("axis", -2),
        op("Concat").input(2, 3).input(1, 3).with("axis", 0),
        op("Split").input(2, 6).longs(2, 4).with("axis", 1).outputs(2),
        op("Split").input(-1, 6, 2).longs(1, 2, 3).with("axis", -2).outputs(3),
        op("Split").input(2, 6).with("axis", 1).with("num_outputs", 3).outputs(3),
        op("Split").input(2, 7).with("axis", 1).with("num_outputs", 3).outputs(3),
        op("Slice").input(3, 5, 6).longs(1, -4).longs(4, Integer.MAX_VALUE).longs(1, 2),
        op("Slice").input(3, 5, 6).longs(0, 1).longs(2, -1),
        op("Slice").input(2, 7).longs(1).longs(7).longs(1).longs(2),
        op("Slice").input(2, 7).longs(0).longs(100).longs(-1).longs(3),
        op("Slice").input(3, 5, 6).longs(0, 5).longs(5, 1).longs(1, 2).longs(2, -2),
        op("Slice").input(2, 5).longs(-1).longs(Long.MIN_VALUE).longs(1).longs(-1),
        op("Slice").input(2, 5).longs(100).longs(0).longs(1).longs(-1),
        op("Slice").input(2, 8).longs(-2).longs(-9).longs(1).longs(-3),
        op("Slice").input(-1, 5).longs(-100).longs(3).longs(1).longs(1),
        op("Slice").input(-1, 5).longs(0).longs(Long.MAX_VALUE).longs(0),
        op("Pad").input(2, 3, 4).longs(0, 1, 2, 0, 0, 1),
        op("Pad").input(2, 3, 4).longs(0, 1, 2, 0, 0, 1).scalar(.5),
        op("Pad").input(2, 4, 5).longs(0, -1, 1, 0, 0, -2),
        op("Pad").input(-1, 3, 4).longs(1, 2, 0, 1).none().longs(1, -1),
        op("Pad").input(2, 4, 5).longs(0, 1, 2, 0, 3, 1).with("mode", "reflect"),
        op("Pad").input(2, 3, 4).longs(0, 1, 2, 0, 3, 1).with("mode", "edge"),
        op("Pad").input(-1, 3, 4).longs(0, 1, 2, 0, 2, 3).with("mode", "wrap"));
  }

  private static Stream<OpCase> indexing() {
    Tensor pairs = Tensor.of(new long[] {0, 1, 1, 2, 0, 1}, 3, 2);
    return Stream.of(
        op("Gather").input(3, 4, 2).longs(2, 0, 2).with("axis", 1),
        op("Gather").input(3, 4).given(Tensor.of(new long[] {-1, 0, 1, 1}, 2, 2)),
        op("Gather").input(3, 4, 2).given(Tensor.scalar(1L)).with("axis", -1),
        op("Gather").input(-1, 4, 2).given(Tensor.scalar(-1L)).with("axis", 1),
        op("Gather").input(3, -1, 4).given(Tensor.scalar(0L)),
        op("GatherElements")
            .input(2, 3)
            .given(Tensor.of(new long[] {0, -1, 2, 2}, 2, 2))
            .with("axis", 1),
        op("Gather").input(-1, 4).longs(1, 0, 1),
        op("Gather").input(2, 4, 3).fed(Tensor.of(new long[] {3, -1, 0, 3}, 2, 2)).with("axis", 1),
        op("Gather").input(-1, 4, 3).fed(Tensor.scalar(2L)).with("axis", -1),
        op("GatherND").input(2, 3, 4).given(pairs),
        op("ScatterElements")
            .input(3, 3)
            .given(Tensor.of(new long[] {0, 2, 1}, 1, 3))
            .input(1, 3)
            .with("axis", 0),
        op("ScatterElements")
            .input(2, 4)
            .given(Tensor.of(new long[] {1, -1, 1, 0}, 2, 2))
            .input(2, 2)
            .with("axis", 1)
            .with("reduction", "add"),
        op("ScatterND").input(4, 3).given(Tensor.of(new long[] {2, 0}, 2, 1)).input(2, 3),
        op("ScatterND")
            .input(4, 3)
            .given(Tensor.of(new long[] {2, 2}, 2, 1))
            .input(2, 3)
            .with("reduction", "add"),
        op("TopK").input(2, 6).longs(3).outputs(2),
        op("TopK").input(2, 5, 2).longs(2).with("axis", 1).with("largest", 0).outputs(2));
  }

  private static Stream<OpCase> reductions() {
    Stream<OpCase> kinds =
        Stream.of(
                "Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "LogSum", "LogSumExp", "SumSquare")
            .flatMap(
                kind -> {
                  double low = kind.equals("LogSum") || kind.equals("Prod") ? .3 : -1.5;
                  String op = "Reduce" + kind;
                  return Stream.of(
                      op(op).input(-1, 3, 4).between(low, 2).longs(2, 1),
                      op(op).input(2, 3, 4).between(low, 2).longs(-2).with("keepdims", 0),
                      op(op).input(2, 3).between(low, 2),
                      op(op).input(2, 3).between(low, 2).with("keepdims", 0));
                });
    Stream<OpCase> others =
        Stream.of(
            op("ReduceSum").input(2, 3).with("noop_with_empty_axes", 1),
            op("ReduceSum").input(-1, 3).longs(0),
            op("ReduceSum").input(-1, 16, 4, 5).longs(2, 3).single(),
            op("ReduceMean").input(2, 3, 4, 5).longs(2, 3),
            op("ReduceMean").input(-1, 16, 4, 5).longs(-1, -2).with("keepdims", 0).single(),
            op("ReduceMean").input(2, 3).with("noop_with_empty_axes", 1),
            op("CumSum").input(2, 3, 4).given(Tensor.scalar(1L)),
            op("CumSum").input(-1, 3).given(Tensor.scalar(-1L)).with("exclusive", 1),
            op("CumSum")
                .input(2, 3)
                .given(Tensor.scalar(1L))
                .with("exclusive", 1)
                .with("reverse", 1),
            op("CumSum").input(2, 3).given(Tensor.scalar(0L)).with("reverse", 1));
    return Stream.concat(kinds, others);
  }

  private static Stream<OpCase> products() {
    return Stream.of(
        op("MatMul").input(2, 3).input(3, 4),
        op("MatMul").input(-1, 3).weight(3, 4),
        op("MatMul").input(2, 3, 4).input(4, 5),
        op("MatMul").input(3, 4).input(2, 4, 5),
        op("MatMul").input(-1, 2, 3, 4).input(-1, 2, 4, 3),
        op("MatMul").input(2, 1, 3, 4).input(3, 4, 2),
        op("MatMul").input(4).input(4),
        op("MatMul").input(4).input(4, 3),
        op("MatMul").input(4).weight(4, 3),
        op("MatMul").input(4).input(2, 4, 3),
        op("MatMul").input(3, 4).input(4),
        op("MatMul").input(2, 3, 4).input(4),
        op("Gemm").input(2, 3).input(3, 4),
        op("Gemm").input(-1, 3).weight(3, 4).weight(4),
        op("Gemm").input(2, 3).input(3, 4).input(2, 1).with("alpha", .7).with("beta", 1.3),
        op("Gemm").input(3, 2).input(3, 4).input(4).with("transA", 1).with("alpha", .7),
        op("Gemm").input(2, 3).input(4, 3).input(2, 4).with("transB", 1),
        op("Gemm").input(3, 2).input(4, 3).with("transA", 1).with("transB", 1),
        op("Einsum").input(2, 3).input(3, 4).with("equation", "ij,jk->ik"),
        op("Einsum").input(-1, 3, 4).input(4, 2, 5).with("equation", "abc,cde->abde"),
        op("Einsum").input(2, 3).with("equation", "ij->ji"),
        op("Einsum").input(2, 3).with("equation", "ij->i"),
        op("Einsum").input(2, 3).with("equation", "ij->"),
        op("Einsum").input(2, 3).input(4).with("equation", "ij, k -> ik"),
        op("Einsum").input(3).input(3).with("equation", "i,i->"),
        op("Einsum").input(2, 3, 4).input(2, 4, 3).input(3).with("equation", "bij,bjk,i->bk"));
  }

  private static Stream<OpCase> normalizations() {
    return Stream.of(
        op("BatchNormalization")
            .input(-1, 3, 4, 2)
            .weight(3)
            .weight(3)
            .weight(3)
            .weight(3)
            .between(.4, 2)
            .with("epsilon", 1e-3),
        op("BatchNormalization").input(2, 3).weight(3).weight(3).weight(3).weight(3).between(.4, 2),
        op("InstanceNormalization").input(-1, 3, 4, 2).weight(3).weight(3).with("epsilon", 1e-2),
        op("InstanceNormalization").input(2, 3, 5).weight(3).weight(3),
        op("GroupNormalization")
            .input(-1, 6, 2, 3)
            .weight(6)
            .weight(6)
            .with("num_groups", 3)
            .single(),
        op("GroupNormalization")
            .input(2, 4, 5)
            .weight(4)
            .weight(4)
            .with("num_groups", 2)
            .with("epsilon", 1e-2)
            .single(),
        op("LayerNormalization").input(-1, 3, 4).weight(4).weight(4),
        op("LayerNormalization").input(-1, 3, 4).weight(4),
        op("LayerNormalization")
            .input(2, 3, 4)
            .weight(3, 4)
            .weight(3, 4)
            .with("axis", 1)
            .with("epsilon", 1e-2),
        op("MeanVarianceNormalization").input(2, 3, 4, 2),
        op("MeanVarianceNormalization").input(-1, 3, 4).list("axes", 1),
        op("LRN").input(-1, 6, 2, 3).with("size", 3).with("alpha", .6),
        op("LRN")
            .input(2, 5, 2, 2)
            .with("size", 5)
            .with("alpha", .6)
            .with("beta", .6)
            .with("bias", 1.5),
        op("LpNormalization").input(-1, 3, 4),
        op("LpNormalization").input(2, 3, 4).with("axis", 1).with("p", 1));
  }
}
