// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** Instance that this framework runs: its directories, its host name and its clock. */
@ProviderType
public interface Instance {

    /** Framework property that contains the directory of the instance. */
    String PROPERTY = "jobyard.instance";

    /**
     * Returns the directory of the instance, which contains the other directories.
     *
     * @return absolute path; the working directory if none was set
     */
    Path directory();

    /**
     * Returns whether the directory was set. Otherwise, for example in Karaf, the framework and its files may belong to another program.
     *
     * @return true if {@link #PROPERTY} is set
     */
    boolean isNamed();

    /**
     * Returns the directory of the configuration files.
     *
     * @return absolute path
     */
    default Path etc() {
        return directory().resolve("etc");
    }

    /**
     * Returns the directory of the host's data.
     *
     * @return absolute path
     */
    default Path data() {
        return directory().resolve("data");
    }

    /**
     * Returns the directory in which bundles are deployed.
     *
     * @return absolute path
     */
    default Path deploy() {
        return directory().resolve("deploy");
    }

    /** Returns the machine name and the process ID, as in histories, for example {@code build7:4711}. They are looked up at each call. */
    String host();

    /**
     * Sets the clock to a time that is independent of the machine's clock, because several hosts must use the same time.
     *
     * @param now time
     * @param nanos {@link System#nanoTime} at that time
     */
    default void goBy(Instant now, long nanos) {}

    /** Returns the clock of the host, which is also a service: UTC in whole microseconds, the precision of every store. */
    Clock clock();
}
