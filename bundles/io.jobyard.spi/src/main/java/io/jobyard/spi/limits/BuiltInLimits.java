// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Queues and limits of a bundle for its own jobs. Registered as a service. A file with the same name replaces one of them, and so does one
 * that was created at run time.
 */
@ConsumerType
public interface BuiltInLimits {

    /** Returns the queues and limits: always the same, with settings that a file may have. */
    List<LimitDefinition> definitions();
}
