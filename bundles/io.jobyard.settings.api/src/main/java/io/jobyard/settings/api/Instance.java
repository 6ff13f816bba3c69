// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** The instance that this framework runs: where its files are, who runs it, and its clock. */
@ProviderType
public interface Instance {

    /** The framework property that names the directory. */
    String PROPERTY = "jobyard.instance";

    /**
     * Returns the directory that contains the others.
     *
     * @return absolute; the working directory if none was set
     */
    Path directory();

    /**
     * Returns whether the directory was set. If not, as may happen in Karaf, the framework and its files may belong to
     * other programs.
     *
     * @return true if {@link #PROPERTY} is set
     */
    boolean isNamed();

    /**
     * Returns the directory of administrators' files.
     *
     * @return absolute
     */
    default Path etc() {
        return directory().resolve("etc");
    }

    /**
     * Returns the directory of the host's data.
     *
     * @return absolute
     */
    default Path data() {
        return directory().resolve("data");
    }

    /**
     * Returns the directory in which bundles are deployed.
     *
     * @return absolute
     */
    default Path deploy() {
        return directory().resolve("deploy");
    }

    /**
     * Returns the name of the machine and the number of the process, as in histories, for example {@code build7:4711}. Looked up at each
     * call.
     */
    String host();

    /**
     * Sets the clock, independently of the machine's clock, because several hosts must use the same time.
     *
     * @param now the shared time
     * @param nanos the tick of that time, by {@link System#nanoTime}
     */
    default void goBy(Instant now, long nanos) {}

    /** Returns the clock that is also a service: UTC in whole microseconds, which every store can hold. */
    Clock clock();
}
