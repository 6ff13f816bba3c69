// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.Finding;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at one part of the host when the doctor asks. Registered as a service; one that looks after a configuration
 * names its PID in the property {@value #SETTINGS_PID}.
 */
@ConsumerType
public interface Examiner {

    /** Service property: the PID of the configuration that is read here. */
    String SETTINGS_PID = "settings.pid";

    /**
     * Looks. Answers at once, from memory.
     *
     * @return all that somebody should look at; empty if all is well
     */
    List<Finding> examine();
}
