// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.Finding;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Checks one part of the host for the doctor. Registered as a service. */
@ConsumerType
public interface Examiner {

    /** Returns the current findings; empty if all is well. Answers at once, from memory. */
    List<Finding> examine();
}
