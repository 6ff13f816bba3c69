// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import io.jobyard.api.DeployedFile;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** State of the files in {@code deploy/}. */
@ProviderType
public interface DeployDirectory {

    /** Returns the files as of the last check. Returns immediately, from memory. */
    List<DeployedFile> files();

    /**
     * Returns the state of a bundle by its framework ID; empty if it does not come from a jar in {@code deploy/}. Returns immediately, from
     * memory.
     */
    default Optional<DeployedBundle> bundle(long bundleId) {
        return Optional.empty();
    }
}
