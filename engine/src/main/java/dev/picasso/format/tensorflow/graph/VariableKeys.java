package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ModelException;
import dev.picasso.format.layout.Unsupported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Under which key of a checkpoint each variable's values are, as the graph itself restores them:
 * RestoreV2 reads names, and what it reads is assigned to variables. This holds whatever the
 * variables are called.
 */
final class VariableKeys {
  private static final Set<String> ASSIGNS = Set.of("Assign", "AssignVariableOp");
  private static final int DEEPEST = 20;

  private final Wiring wiring;
  private final Map<Ref, Stored> keys = new HashMap<>();

  /** Variables that begin as copies of others: Keras 3 saves the copies, and uses the others. */
  private final Map<Ref, Ref> copies = new HashMap<>();

  /**
   * Where the values of a variable are.
   *
   * @param slice the part of them that is the variable, as TensorFlow writes it; empty for all
   */
  record Stored(String key, String slice) {}

  private VariableKeys(Wiring wiring) {
    this.wiring = wiring;
  }

  /** What a graph and the functions that it calls restore. */
  static VariableKeys of(Frame outermost, Wiring wiring) {
    VariableKeys keys = new VariableKeys(wiring);
    keys.search(outermost, 0);
    keys.copies.forEach(
        (copy, original) ->
            keys.find(copy).ifPresent(stored -> keys.keys.putIfAbsent(original, stored)));
    return keys;
  }

  /** The place of a variable's values; empty if the graph does not restore it. */
  Optional<Stored> find(Ref variable) {
    return Optional.ofNullable(keys.get(variable));
  }

  private void search(Frame frame, int depth) {
    for (NodeDef node : frame.body().nodes().values()) {
      if (ASSIGNS.contains(node.getOp())) {
        assigned(frame, node);
      } else if (depth < DEEPEST) {
        wiring
            .called(node)
            .filter(f -> f.contains("restore"))
            .ifPresent(function -> searchCall(frame, node, function, depth));
      }
    }
  }

  private void searchCall(Frame frame, NodeDef node, String function, int depth) {
    try {
      search(wiring.frame(frame, node, function, 0), depth + 1);
    } catch (Unsupported e) {
      return; // a function that the file does not have restores nothing
    }
  }

  private void assigned(Frame frame, NodeDef node) {
    List<Ref> inputs = wiring.inputs(frame, node);
    if (inputs.size() < 2) {
      return;
    }
    Optional<Ref> variable = through(inputs.get(0));
    Optional<Ref> value = through(inputs.get(1));
    if (variable.isEmpty() || value.isEmpty()) {
      return;
    }
    NodeDef restore = value.get().frame().node(value.get().node()).orElseThrow();
    if (restore.getOp().equals("ReadVariableOp")) {
      wiring.inputs(value.get().frame(), restore).stream()
          .findFirst()
          .flatMap(this::made)
          .ifPresent(original -> copies.put(variable.get(), original));
    }
    if (!restore.getOp().equals("RestoreV2") && !restore.getOp().equals("RestoreSlice")) {
      return;
    }
    List<Ref> reads = wiring.inputs(value.get().frame(), restore);
    int place = value.get().output();
    text(reads, 1, place)
        .ifPresent(
            key ->
                keys.putIfAbsent(
                    new Ref(variable.get().frame(), variable.get().node(), 0),
                    new Stored(key, text(reads, 2, place).orElse(""))));
  }

  /** The node that makes a tensor, past those that hand it on. */
  private Optional<Ref> through(Ref tensor) {
    Optional<Ref> at = made(tensor);
    for (int i = 0; i < DEEPEST && at.isPresent(); i++) {
      Ref here = at.get();
      NodeDef node = here.frame().node(here.node()).orElseThrow();
      if (!Set.of("Identity", "IdentityN", "RefIdentity").contains(node.getOp())) {
        return at;
      }
      List<Ref> inputs = wiring.inputs(here.frame(), node);
      at = here.output() < inputs.size() ? made(inputs.get(here.output())) : Optional.empty();
    }
    return at;
  }

  private Optional<Ref> made(Ref tensor) {
    try {
      return wiring.madeBy(tensor);
    } catch (Unsupported | ModelException e) {
      return Optional.empty();
    }
  }

  /** One of the texts of a constant. */
  private Optional<String> text(List<Ref> inputs, int input, int place) {
    if (input >= inputs.size()) {
      return Optional.empty();
    }
    Optional<Ref> made = made(inputs.get(input));
    if (made.isEmpty()) {
      return Optional.empty();
    }
    TensorProto proto =
        made.get()
            .frame()
            .node(made.get().node())
            .orElseThrow()
            .getAttrOrDefault("value", AttrValue.getDefaultInstance())
            .getTensor();
    int last = proto.getStringValCount() - 1;
    return last < 0
        ? Optional.empty()
        : Optional.of(proto.getStringVal(Math.min(place, last)).toStringUtf8());
  }
}
