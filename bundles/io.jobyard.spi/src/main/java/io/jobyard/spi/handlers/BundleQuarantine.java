// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Quarantines bundles whose handlers harm the host, until they are updated or released. */
@ProviderType
public interface BundleQuarantine {

    /**
     * Reports how the previous host ended: the symbolic names and versions of bundles whose handlers had runs; empty if it shut down
     * cleanly or had no runs. Called once, before this host starts any run.
     */
    void hostBegan(Set<String> bundles);

    /**
     * Releases a quarantined bundle.
     *
     * @param bundle its symbolic name, for all its versions; or the name and a version, separated by a blank
     * @throws io.jobyard.api.StateConflictException if it is not quarantined
     */
    void release(String bundle);
}
