// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;
import java.io.InputStream;

/** The files that a command may read. */
@FunctionalInterface
public interface CommandFiles {

    /** The name of standard input. */
    String STANDARD_INPUT = "-";

    /**
     * Opens a file.
     *
     * @param name the name as it was typed; {@value #STANDARD_INPUT} for standard input
     * @return the contents
     * @throws UnreadableFileException if there is no such file
     * @throws IOException if the file cannot be opened
     */
    InputStream open(String name) throws IOException;
}
