/**
 * A folder of plugins: Java files, which are compiled, and jars. What is in it is loaded, looked at
 * again when it changes, and let go when nobody uses it any more; what cannot be used says why.
 *
 * <p>Plugins are the code of whoever owns the machine. Nothing here looks into any other folder.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.plugin;
