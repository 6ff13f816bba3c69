// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import org.osgi.annotation.versioning.ProviderType;

/** What is measured, as text for those who scrape it. */
@ProviderType
public interface MetricsText {

    /**
     * What kind of text it is.
     *
     * @return a media type, with its parameters
     */
    String mediaType();

    /** All meters as they are now. */
    String text();
}
