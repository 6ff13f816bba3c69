// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the files in a command line for a remote host, which the launcher reads. */
final class NamedFiles {

    /** Options without a value. All others have a value if the command has a verb before a file. */
    private static final Set<String> FLAGS = Set.of("--json", "--help");

    private NamedFiles() {}

    /**
     * Returns the file names in a command line.
     *
     * @param marks the options whose values are files, and the verbs before a file
     * @param arguments all words after the command's name
     */
    static Set<String> of(List<String> marks, List<String> arguments) {
        Set<String> files = new LinkedHashSet<>();
        boolean isVerbBefore = false;
        boolean isOver = false;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            String option = word.split("=", 2)[0];
            boolean isOption = !isOver && word.startsWith("--");
            if (isOption && word.contains("=") && marks.contains(option)) {
                files.add(word.substring(option.length() + 1));
            } else if (isOption && marks.contains(word) && i + 1 < arguments.size()) {
                files.add(arguments.get(++i));
            } else if (word.equals("--")) {
                isOver = true;
            } else if (isOption) {
                i += isVerbBefore && !word.contains("=") && !FLAGS.contains(word) ? 1 : 0;
            } else if (isVerbBefore) {
                files.add(word);
                isVerbBefore = false;
            } else {
                isVerbBefore = !word.startsWith("--") && marks.contains(word);
            }
        }
        return files;
    }
}
