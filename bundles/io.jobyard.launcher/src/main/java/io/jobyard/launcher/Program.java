// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.nio.file.Path;

/**
 * The unpacked program, as {@code bin/jobyard} tells it.
 *
 * @param home the program's directory
 * @param version the program's version
 * @param terminal whether a person sits in front of it
 */
record Program(Path home, String version, boolean terminal) {

    static Program current() {
        return new Program(
                Path.of(System.getProperty("jobyard.home", "."))
                        .toAbsolutePath()
                        .normalize(),
                System.getProperty("jobyard.version", "unknown"),
                Boolean.getBoolean("jobyard.terminal"));
    }

    Path script() {
        return home.resolve("bin/jobyard");
    }

    Path bundles() {
        return home.resolve("bundles");
    }

    Path defaults() {
        return home.resolve("etc-defaults");
    }
}
