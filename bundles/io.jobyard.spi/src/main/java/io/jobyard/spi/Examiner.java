// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.Finding;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Check of one part of the host, for the doctor. Registered as a service. */
@ConsumerType
public interface Examiner {

    /** Returns the current findings; empty if no problem exists. Returns immediately, from memory. */
    List<Finding> examine();
}
