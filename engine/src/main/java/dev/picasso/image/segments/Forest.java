package dev.picasso.image.segments;

/** Sets of pixels that grow together: union-find. A set is named by its first pixel. */
final class Forest {
  private final int[] parents;
  private final int[] sizes;

  Forest(int count) {
    parents = new int[count];
    sizes = new int[count];
    for (int i = 0; i < count; i++) {
      parents[i] = i;
      sizes[i] = 1;
    }
  }

  int root(int i) {
    int root = i;
    while (parents[root] != root) {
      root = parents[root];
    }
    int at = i;
    while (parents[at] != root) {
      int next = parents[at];
      parents[at] = root;
      at = next;
    }
    return root;
  }

  /** Number of pixels in the set of that name. */
  int size(int root) {
    return sizes[root];
  }

  /** Joins two sets, and returns the name of both. */
  int join(int rootA, int rootB) {
    int first = Math.min(rootA, rootB);
    int second = Math.max(rootA, rootB);
    parents[second] = first;
    sizes[first] += sizes[second];
    return first;
  }

  /** Joins the sets of two pixels, which may be one already. */
  void connect(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    if (rootA != rootB) {
      join(rootA, rootB);
    }
  }

  /** The name of each pixel's set. */
  int[] roots() {
    int[] roots = new int[parents.length];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = root(i);
    }
    return roots;
  }
}
