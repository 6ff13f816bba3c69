// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.nio.file.Path;
import java.util.List;

/** A library in a process of its own, with the default settings of its runtime. */
record ProcessContender(String library, List<String> command, Databases databases) implements Contender {

    /** A library for Java. */
    static ProcessContender java(Library library, Databases databases) {
        return new ProcessContender(
                library.title(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RivalProcess.class.getName(),
                        library.name()),
                databases);
    }

    @Override
    public String title() {
        return library + ", " + databases.title();
    }

    @Override
    public Session open() throws Exception {
        return new ProcessSession(title(), command, databases.create());
    }
}
