// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Quarantine of bundles whose handlers harm the host, until the bundles are updated or released. */
@ProviderType
public interface BundleQuarantine {

    /**
     * Reports how the previous host ended. Called once, before this host starts any run.
     *
     * @param bundles symbolic names and versions of bundles whose handlers had runs; empty if the host shut down cleanly or had no runs
     */
    void hostBegan(Set<String> bundles);

    /**
     * Releases a quarantined bundle.
     *
     * @param bundle symbolic name, for all versions of the bundle; or the name and a version, separated by a space
     * @throws io.jobyard.api.StateConflictException if it is not quarantined
     */
    void release(String bundle);
}
