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

    /**
     * Whether somebody named the directory. If not, as may be in Karaf, the framework and its files are not ours alone.
     *
     * @return true if {@link #PROPERTY} is set
     */
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
     * The name of the machine and the number of the process, as histories show them. Looked up at each call.
     *
     * @return such as {@code build7:4711}
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
