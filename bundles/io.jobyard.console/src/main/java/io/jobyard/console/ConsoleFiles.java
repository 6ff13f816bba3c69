// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files of the page. Their version is in their paths, so that a browser requests each file only once. */
final class ConsoleFiles {

    static final String BASE = "/console/";

    private static final int VERSION_LENGTH = 12;
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private final SortedMap<String, byte[]> files;
    private final String version;

    /** Creates the file set from the contents by path below the version. */
    ConsoleFiles(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
        Digest digest = new Digest();
        this.files.forEach((path, content) ->
                digest.add(path.getBytes(StandardCharsets.UTF_8)).add(content));
        version = digest.hex().substring(0, VERSION_LENGTH);
    }

    /** Returns the path of the directory of all files, with a slash at the end. */
    String root() {
        return BASE + version + "/";
    }

    Iterable<String> paths() {
        return files.keySet();
    }

    /** Returns the file at a path of the host; null if there is no such file in this version. */
    byte @Nullable [] at(String path) {
        return path.startsWith(root()) ? files.get(path.substring(root().length())) : null;
    }

    static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
