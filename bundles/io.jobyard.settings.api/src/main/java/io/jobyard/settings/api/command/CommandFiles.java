// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;
import java.io.InputStream;

/** Files that a command may read. */
@FunctionalInterface
public interface CommandFiles {

    /** Name that stands for standard input. */
    String STANDARD_INPUT = "-";

    /**
     * Opens a file.
     *
     * @param name name as typed; {@value #STANDARD_INPUT} for standard input
     * @return contents
     * @throws UnreadableFileException if the file does not exist
     * @throws IOException if the file cannot be opened
     */
    InputStream open(String name) throws IOException;
}
