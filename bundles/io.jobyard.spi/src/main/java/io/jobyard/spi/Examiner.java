// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.Finding;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at one part of the host when the doctor asks. Registered as a service.
 */
@ConsumerType
public interface Examiner {

    /**
     * Looks. Answers at once, from memory.
     *
     * @return all that somebody should look at; empty if all is well
     */
    List<Finding> examine();
}
