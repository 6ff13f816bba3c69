// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Queues and limits of a bundle for its own jobs. Registered as a service. A file or a definition at run time with the same name replaces
 * one of them.
 */
@ConsumerType
public interface BuiltInLimits {

    /** Returns the queues and limits. The result is always the same, and its settings are those of a file. */
    List<LimitDefinition> definitions();
}
