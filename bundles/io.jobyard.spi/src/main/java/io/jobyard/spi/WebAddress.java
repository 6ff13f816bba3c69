// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** Web address of this host. The service is registered while the host listens. */
@FunctionalInterface
@ProviderType
public interface WebAddress {

    /** Returns the address for browsers and programs, for example {@code http://127.0.0.1:8080}, without a trailing slash. */
    URI address();
}
