// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Queues and limits that a bundle brings for jobs of its own. Registered as a service. A file of the same name replaces one of them, and
 * so does one that was made while a host ran.
 */
@ConsumerType
public interface BuiltInLimits {

    /** The queues and limits: always the same, with settings that a file may have. */
    List<LimitDefinition> definitions();
}
