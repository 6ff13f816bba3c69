// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Metrics as text, for scrapers. */
@ProviderType
public interface MetricsText {

    /** Returns the media type of the text, with its parameters. */
    String mediaType();

    /** Returns the current value of all meters. */
    String text();
}
