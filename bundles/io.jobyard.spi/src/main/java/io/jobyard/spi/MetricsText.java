// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Metrics as text, for monitoring systems. */
@ProviderType
public interface MetricsText {

    /** Returns the media type of the text, including its parameters. */
    String mediaType();

    /** Returns the current values of all meters. */
    String text();
}
