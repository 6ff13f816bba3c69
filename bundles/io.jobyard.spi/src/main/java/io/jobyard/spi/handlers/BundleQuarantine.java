// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Sets bundles aside whose handlers harm the host, until they are updated or let back. */
@ProviderType
public interface BundleQuarantine {

    /**
     * Tells how the host before this one ended. Called once, before this one starts any run.
     *
     * @param bundles symbolic names and versions of those whose handlers had runs; empty if it ended in order or none ran
     */
    void hostBegan(Set<String> bundles);

    /**
     * Lets a bundle back.
     *
     * @param bundle its symbolic name, for all its versions; or that and a version, with a blank between
     * @throws io.jobyard.api.StateConflictException if it is not set aside
     */
    void release(String bundle);
}
