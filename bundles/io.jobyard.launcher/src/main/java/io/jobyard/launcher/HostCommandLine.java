// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command for the host as typed, for example {@code list --limit 3}. Only {@code --instance} is an option of the
 * launcher.
 *
 * @param words the command's name, without its scope, and its arguments
 * @param instance the instance; null if it is not given
 */
record HostCommandLine(List<String> words, @Nullable Path instance) {

    private static final String INSTANCE = "--instance";

    static HostCommandLine of(List<String> typed) {
        List<String> words = new ArrayList<>();
        Path instance = null;
        Iterator<String> rest = typed.iterator();
        words.add(rest.next().replaceFirst("^job:", ""));
        while (rest.hasNext()) {
            String next = rest.next();
            if (next.equals("--")) {
                words.add(next);
                rest.forEachRemaining(words::add);
            } else if (next.startsWith(INSTANCE + "=")) {
                instance = Path.of(next.substring(INSTANCE.length() + 1));
            } else if (next.equals(INSTANCE)) {
                if (!rest.hasNext()) {
                    throw new LaunchException("missing value for --instance: DIR");
                }
                instance = Path.of(rest.next());
            } else {
                words.add(next);
            }
        }
        return new HostCommandLine(words, instance);
    }

    String word() {
        return words.get(0);
    }
}
