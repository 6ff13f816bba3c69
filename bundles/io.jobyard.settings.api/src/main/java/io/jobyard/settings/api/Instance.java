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

    /** Returns the absolute directory that holds the others; the working directory if {@link #PROPERTY} is not set. */
    Path directory();

    /** Whether the directory was set by {@link #PROPERTY}. If not, as may be in Karaf, the framework and its files belong to others too. */
    boolean isNamed();

    /** Returns the absolute directory of the administrators' files. */
    default Path etc() {
        return directory().resolve("etc");
    }

    /** Returns the absolute directory of the host's data. */
    default Path data() {
        return directory().resolve("data");
    }

    /** Returns the absolute directory of dropped bundles. */
    default Path deploy() {
        return directory().resolve("deploy");
    }

    /**
     * Returns the name of the machine and the number of the process, as in histories, for example {@code build7:4711}. Looked up at each
     * call.
     */
    String host();

    /**
     * The clock goes by this from now on, whatever the machine's says: several hosts that share something go by one time.
     *
     * @param now what they have agreed on
     * @param nanos when it was so, by {@link System#nanoTime}: what has passed since counts
     */
    default void goBy(Instant now, long nanos) {}

    /** Returns the clock that is also a service: UTC in whole microseconds, which every store can hold. */
    Clock clock();
}
