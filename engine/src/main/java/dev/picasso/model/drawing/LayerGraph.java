package dev.picasso.model.drawing;

import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which layer reads which. What lies between layers of the file, as a reshape that the importer
 * adds, is looked through.
 *
 * @param vertices in an order in which none comes before what it reads
 */
record LayerGraph(List<Vertex> vertices) {
  private static final String INPUT = "Input";

  LayerGraph {
    vertices = List.copyOf(vertices);
  }

  /**
   * A layer, or an input of the graph.
   *
   * @param shape of its output in the layout of the file; empty where it is not known
   * @param details of its window, if it has one
   * @param layer where its output is computed, what is known of it
   * @param reads places of those that it reads
   */
  record Vertex(
      String name,
      String kind,
      String shape,
      long parameters,
      List<Detail> details,
      Optional<Layer> layer,
      List<Integer> reads) {
    Vertex {
      details = List.copyOf(details);
      reads = List.copyOf(reads);
    }
  }

  static LayerGraph of(Model model) {
    Map<String, Layer> known = new HashMap<>();
    model.layers().all().forEach(layer -> known.putIfAbsent(layer.name(), layer));
    return of(model.imported().graph(), model.imported().layers(), known);
  }

  static LayerGraph of(Graph graph, List<LayerInfo> layers, Map<String, Layer> known) {
    Map<String, List<LayerInfo>> ofValue = new LinkedHashMap<>();
    layers.forEach(l -> ofValue.computeIfAbsent(l.value(), v -> new ArrayList<>()).add(l));
    List<Vertex> vertices = new ArrayList<>();
    Map<String, SortedSet<Integer>> sources = new HashMap<>();
    Map<String, List<Detail>> windows = new HashMap<>(); // of what lies between layers
    for (Value input : graph.inputs()) {
      List<LayerInfo> named =
          ofValue.getOrDefault(
              input.name(), List.of(new LayerInfo(input.name(), INPUT, input.name(), false, 0)));
      add(named, input.shape().toString(), List.of(), new TreeSet<>(), known, vertices);
      sources.put(input.name(), new TreeSet<>(List.of(vertices.size() - 1)));
    }
    for (Node node : graph.nodes()) {
      SortedSet<Integer> read = new TreeSet<>();
      node.inputs().forEach(name -> read.addAll(sources.getOrDefault(name, new TreeSet<>())));
      List<Detail> details = details(graph, node, windows);
      for (String output : node.outputs()) {
        List<LayerInfo> named = ofValue.getOrDefault(output, List.of());
        add(named, "", details, read, known, vertices);
        if (named.isEmpty()) {
          windows.put(output, details);
        }
        sources.put(output, named.isEmpty() ? read : new TreeSet<>(List.of(vertices.size() - 1)));
      }
    }
    return new LayerGraph(lateSources(vertices));
  }

  /** Those of the node, or of what it reads within the same layer. */
  private static List<Detail> details(Graph graph, Node node, Map<String, List<Detail>> windows) {
    return Detail.has(node)
        ? Detail.of(graph, node)
        : node.inputs().stream()
            .map(name -> windows.getOrDefault(name, List.of()))
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse(List.of());
  }

  /** Layers of one value are one after another: the later ones change nothing. */
  private static void add(
      List<LayerInfo> layers,
      String shape,
      List<Detail> details,
      SortedSet<Integer> reads,
      Map<String, Layer> known,
      List<Vertex> vertices) {
    List<Integer> before = List.copyOf(reads);
    List<Detail> window = details; // is that of the first
    for (LayerInfo info : layers) {
      Optional<Layer> layer = Optional.ofNullable(known.get(info.name()));
      vertices.add(
          new Vertex(
              info.name(),
              info.kind(),
              layer.map(l -> l.shapeInFile().toString()).orElse(shape),
              info.parameters(),
              window,
              layer,
              before));
      before = List.of(vertices.size() - 1);
      window = List.of();
    }
  }

  /** What reads nothing, as constants and second inputs, comes right before what reads it. */
  private static List<Vertex> lateSources(List<Vertex> vertices) {
    List<Integer> order = new ArrayList<>();
    Map<Integer, Integer> placed = new HashMap<>();
    for (int i = 0; i < vertices.size(); i++) {
      boolean waits = i > 0 && vertices.get(i).reads().isEmpty() && isRead(vertices, i);
      if (!waits) {
        for (int read : vertices.get(i).reads()) {
          put(read, order, placed);
        }
        put(i, order, placed);
      }
    }
    return order.stream()
        .map(
            i -> {
              Vertex v = vertices.get(i);
              return new Vertex(
                  v.name(),
                  v.kind(),
                  v.shape(),
                  v.parameters(),
                  v.details(),
                  v.layer(),
                  v.reads().stream().map(r -> placed.getOrDefault(r, 0)).sorted().toList());
            })
        .toList();
  }

  private static boolean isRead(List<Vertex> vertices, int i) {
    return vertices.stream().skip(i).anyMatch(v -> v.reads().contains(i));
  }

  private static void put(int vertex, List<Integer> order, Map<Integer, Integer> placed) {
    if (!placed.containsKey(vertex)) {
      placed.put(vertex, order.size());
      order.add(vertex);
    }
  }
}
