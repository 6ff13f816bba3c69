// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked program, as described by {@code bin/jobyard}.
 *
 * @param home the program's directory
 * @param version the program's version
 * @param terminal whether it is used on a terminal
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

    /** Returns the instance from an option, the environment or the program's own directory, in this order. */
    InstanceDirectory instance(@Nullable Path option) {
        return instance(option, System.getenv("JOBYARD_INSTANCE"));
    }

    InstanceDirectory instance(@Nullable Path option, @Nullable String environment) {
        if (option != null) {
            return new InstanceDirectory(option);
        }
        if (environment != null && !environment.isBlank()) {
            return new InstanceDirectory(Path.of(environment.strip()));
        }
        if (isBuilt()) {
            throw new LaunchException("mvn clean would delete an instance in " + home
                    + ": set another directory with JOBYARD_INSTANCE or --instance, for example --instance "
                    + suggestion().directory());
        }
        return new InstanceDirectory(home);
    }

    /** Returns a good directory for an instance. */
    InstanceDirectory suggestion() {
        return new InstanceDirectory(Path.of(System.getProperty("user.home"), "jobyard"));
    }

    private boolean isBuilt() {
        Path output = home.getParent();
        return output != null && output.endsWith("target") && Files.exists(output.resolveSibling("pom.xml"));
    }

    Path script() {
        return home.resolve("bin/jobyard");
    }

    /** Returns the archive of a host's classes for the current Java version. The archive may not exist. */
    Path archive() {
        return Path.of(System.getProperty(
                "jobyard.archive", home.resolve("lib/classes.jsa").toString()));
    }

    Path bundles() {
        return home.resolve("bundles");
    }

    Path defaults() {
        return home.resolve("etc-defaults");
    }
}
