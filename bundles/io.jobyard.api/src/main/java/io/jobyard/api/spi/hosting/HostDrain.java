// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.hosting;

import org.osgi.annotation.versioning.ProviderType;

/** Whether this host starts jobs, apart from its end. Safe for use by several threads. */
@ProviderType
public interface HostDrain {

    /**
     * Lets this host start nothing more, or start jobs again.
     *
     * @param drains whether it only finishes what it runs from now on
     * @return false if it is like that already
     */
    boolean drain(boolean drains);
}
