package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tensorflow.checkpoint.Variables;
import dev.picasso.format.tensorflow.file.TensorFlowFile;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** The numbers of variables, from the checkpoint or from what they begin with. */
final class Weights {
  private static final int SHOWN = 20;
  private static final int DEEPEST = 50;

  private final Variables variables;
  private final Variables constants;
  private final VariableKeys keys;
  private final Wiring wiring;
  private final Consumer<String> notes;
  private final Map<Ref, Known> read = new HashMap<>();
  private final Set<Ref> beginning = new HashSet<>();
  private int deep;

  Weights(TensorFlowFile file, VariableKeys keys, Wiring wiring, Consumer<String> notes) {
    this.variables = file.variables();
    this.constants = file.constants();
    this.keys = keys;
    this.wiring = wiring;
    this.notes = notes;
  }

  /** The numbers of a constant that lie outside of the graph. */
  Optional<Tensor> constant(String node) {
    return constants.read(node);
  }

  /**
   * The numbers of a variable.
   *
   * @param initial reads what it begins with, where the checkpoint has nothing
   * @throws Unsupported if it has none
   */
  Known of(Ref node, Function<Ref, Known> initial) {
    Ref variable = new Ref(node.frame(), node.node(), 0);
    Known known = read.get(variable);
    if (known == null) {
      known = stored(variable).map(t -> (Known) new Known.Numbers(Numeric.plain(t))).orElse(null);
      known = known == null ? initial(variable, initial) : known;
      read.put(variable, known);
    }
    return known;
  }

  private Optional<Tensor> stored(Ref variable) {
    Optional<VariableKeys.Stored> place = keys.find(variable);
    if (place.isPresent()) {
      Optional<Tensor> tensor = variables.read(place.get().key());
      if (tensor.isPresent()) {
        return Optional.of(Slices.of(tensor.get(), place.get().slice()));
      }
    }
    for (String name : names(variable)) {
      Optional<Tensor> tensor = variables.read(name);
      if (tensor.isPresent()) {
        return tensor;
      }
    }
    return Optional.empty();
  }

  private static List<String> names(Ref variable) {
    NodeDef node = variable.frame().node(variable.node()).orElseThrow();
    String shared =
        node.getAttrOrDefault("shared_name", AttrValue.getDefaultInstance()).getS().toStringUtf8();
    List<String> names = new ArrayList<>(List.of(node.getName()));
    if (!shared.isEmpty()) {
      names.add(shared);
      names.add(shared + "/.ATTRIBUTES/VARIABLE_VALUE");
    }
    return names;
  }

  /** What the graph assigns to a variable before anything is trained. */
  private Known initial(Ref variable, Function<Ref, Known> reader) {
    if (deep < DEEPEST && beginning.add(variable)) {
      deep++;
      try {
        return assigned(variable, reader);
      } finally {
        deep--;
      }
    }
    throw new Unsupported(missing(variable));
  }

  /** What the first node that assigns numbers to a variable assigns. */
  private Known assigned(Ref variable, Function<Ref, Known> reader) {
    if (keys.find(variable).isEmpty()) {
      for (NodeDef node : variable.frame().body().nodes().values()) {
        boolean assigns = node.getOp().equals("Assign") || node.getOp().equals("AssignVariableOp");
        List<Ref> inputs = assigns ? wiring.inputs(variable.frame(), node) : List.of();
        if (inputs.size() > 1
            && inputs.get(0).node().equals(variable.node())
            && reader.apply(inputs.get(1)) instanceof Known.Numbers numbers) {
          if (!variables.keys().isEmpty()) {
            notes.accept(
                variable.node() + " is not in the checkpoint; it was taken as it begins.");
          }
          return numbers;
        }
      }
    }
    throw new Unsupported(missing(variable));
  }

  private String missing(Ref variable) {
    List<String> all = variables.keys().stream().filter(k -> !k.startsWith("_")).toList();
    if (all.isEmpty()) {
      return "is a variable, and there is no checkpoint with its values.";
    }
    String key = keys.find(variable).map(VariableKeys.Stored::key).orElse(variable.node());
    return "the checkpoint has no values for "
        + key
        + "; it has "
        + String.join(", ", all.subList(0, Math.min(SHOWN, all.size())))
        + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more." : ".");
  }
}
